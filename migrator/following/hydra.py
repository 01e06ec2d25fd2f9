"""Follow the configuration that `hydra.main` gives a program to the file that it is read from.

Source: https://hydra.cc/docs/tutorials/basic/your_first_app/config_file/ (path, name, `.yaml`).
"""

from __future__ import annotations

from migrator.domain.expression import Call, Expression, Text
from migrator.domain.trail import Found, Frame, Hop, HopKind, Outside, Trail
from migrator.following.port import Walk

_MAIN = frozenset({"hydra.main"})
_ENDINGS = ("", ".yaml", ".yml")


def composed(walk: Walk, decorator: Expression, frame: Frame) -> tuple[Trail, ...]:
    """Give the document of the file that a decorator names; groups that it adds are not read."""
    if not isinstance(decorator, Call):
        return ()
    ends = walk.follow(decorator.callee, frame)
    if not any(isinstance(each, Outside) and each.name in _MAIN for each in ends):
        return ()
    given = {each.name: each.value for each in decorator.keywords}
    given |= dict(zip(("config_path", "config_name"), decorator.positional, strict=False))
    folder, name = _text(given.get("config_path")), _text(given.get("config_name"))
    here = frame.path.rpartition("/")[0]
    for ending in _ENDINGS if name else ():
        parts = [each for each in (here, folder, f"{name}{ending}") if each]
        for path in walk.source.files("/".join(parts), None)[:1]:
            facts = walk.file(path)
            if facts is not None and facts.document is not None:
                hop = Hop(decorator.at.within(frame.path), HopKind.FILE, detail=path)
                return (Found(facts.document, Frame(path, ""), (hop,)),)
    return ()


def _text(expression: Expression | None) -> str:
    return expression.value if isinstance(expression, Text) else ""
