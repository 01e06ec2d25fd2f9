"""Follow members that are set under computed names: `setattr(self, key.lower(), value)`."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.expression import Call, Expression, Member, Table, Text
from migrator.domain.facts import Binding, FileFacts, Scope
from migrator.domain.trail import Confidence, Found, Frame, Hop, HopKind, Lost, Trail
from migrator.following.hops import entered_by, via
from migrator.following.port import Walk

_SPELLINGS = frozenset({"", "lower", "upper"})


def computed_member(
    walk: Walk, facts: FileFacts, owner: Scope, name: str, made: tuple[Call, Frame] | None
) -> tuple[Trail, ...]:
    """Give what a member may be set to under a computed name, by a likely hop.

    That is a keyword of the constructor, of the call that `made` the instance where that is known,
    or the entry of the table whose items a loop sets.
    """
    for scope in facts.scopes.values():
        if scope.parent != owner.symbol or not scope.parameters:
            continue
        every = f"{scope.parameters[0].name}.*"
        for binding in scope.bindings:
            if binding.name != every:
                continue
            at = binding.at.within(facts.path)
            hop = Hop(at, HopKind.FIELD, Confidence.LIKELY, f"{owner.symbol}.{name}")
            trails = tuple(_keywords(walk, facts, scope, name, made))
            trails += tuple(_entries(walk, facts, scope, binding, name))
            reason = f"{owner.symbol}.{name} may be set under a computed name"
            return entered_by(via(trails, hop), None) or (Lost(reason, at),)
    return ()


def _keywords(
    walk: Walk, facts: FileFacts, scope: Scope, name: str, made: tuple[Call, Frame] | None
) -> Iterator[Trail]:
    """Follow the keyword of that name at the calls of a function that takes all keywords."""
    if not any(each.kind == "table" for each in scope.parameters):
        return
    calls = [(each.call, frame) for frame, each, _ in walk.callers.of(walk, facts.path, scope)]
    if made is not None and scope.symbol.endswith(".__init__"):
        calls = [made]
    for call, frame in calls:
        hop = Hop(call.at.within(frame.path), HopKind.ARGUMENT, detail=name)
        for each in call.keywords:
            if each.name == name:
                yield from via(walk.follow(each.value, frame), hop)


def _entries(
    walk: Walk, facts: FileFacts, scope: Scope, binding: Binding, name: str
) -> Iterator[Trail]:
    """Follow the entry of that name in the tables that the loops of a function run over."""
    if binding.key not in _SPELLINGS:
        return
    frame = Frame(facts.path, scope.symbol)
    for source in _sources(scope, binding):
        for end in walk.follow(source, frame):
            if not isinstance(end, Found) or not isinstance(end.expression, Table):
                continue
            for entry in end.expression.entries:
                key = entry.key.value if isinstance(entry.key, Text) else ""
                if _spelled(key, binding.key) == name:
                    hop = Hop(binding.at.within(facts.path), HopKind.KEY, detail=key)
                    yield from via(walk.follow(entry.value, end.frame), *end.hops, hop)


def _sources(scope: Scope, binding: Binding) -> Iterator[Expression]:
    """Give the tables whose items a loop of the scope runs over before the member is set."""
    seen: set[int] = set()
    for each in scope.bindings:
        if each.how != "loop" or each.at.start > binding.at.start:
            continue
        match each.value:
            case Call(callee=Member(base=base, name="items"), positional=()) if (
                base.at.start not in seen
            ):
                seen.add(base.at.start)
                yield base
            case _:
                pass


def _spelled(key: str, spelling: str) -> str:
    return key.lower() if spelling == "lower" else key.upper() if spelling == "upper" else key
