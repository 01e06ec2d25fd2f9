"""Follow Jinja templates that an environment loads, to their files."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.expression import Call, Expression, Member, Series, Table, Text
from migrator.domain.trail import Confidence, Found, Frame, Hop, HopKind, Lost, Outside
from migrator.following.items import entry_of
from migrator.following.paths import Ends, Named, package_folder, paths_of, under
from migrator.following.port import Walk
from migrator.following.reads import held_by

_GETTERS = frozenset({"get_template", "select_template", "get_or_select_template"})
_ENVIRONMENTS = ("Environment", "SandboxedEnvironment", "NativeEnvironment", "Overlay")


def template_of(walk: Walk, call: Call, frame: Frame) -> Found | Lost | None:
    """Give the file behind `environment.get_template(name)`; None for any other call.

    What the environment loads from is followed to the call that made it.
    """
    match call.callee:
        case Member(base=base, name=name) if name in _GETTERS and call.positional:
            loaders = tuple(_loaders(walk, base, frame))
        case _:
            return None
    at = call.at.within(frame.path)
    names = paths_of(walk, call.positional[0], frame)
    for loader, inside in loaders:
        for wanted in names:
            if isinstance(wanted, Lost):
                return wanted
            found = _loaded(walk, loader, inside, wanted, call)
            if found is not None:
                return found
    reason = "no loader in view has this template" if loaders else "its loader is not in view"
    return Lost(reason, at)


def other_template(walk: Walk, name: Expression, frame: Frame) -> Found | Lost:
    """Give the template that another one includes or extends, looked for around it."""
    at = name.at.within(frame.path)
    path = None
    if isinstance(name, Text):
        path = next(iter(walk.source.files(name.value, frame.path)), None)
    if path is None:
        return Lost("an included template is not in the repository", at)
    return held_by(walk, path, (Hop(at, HopKind.FILE, Confidence.LIKELY, path),))


def _loaders(walk: Walk, environment: Expression, frame: Frame) -> Iterator[tuple[Call, Frame]]:
    for end in walk.follow(environment, frame):
        if not (isinstance(end, Found) and isinstance(end.expression, Call)):
            continue
        made, inside = end.expression, end.frame
        if not any(_is_jinja(name, _ENVIRONMENTS) for name in _outside(walk, made, inside)):
            continue
        given = [each.value for each in made.keywords if each.name == "loader"]
        for loader in given:
            for found in walk.follow(loader, inside):
                if isinstance(found, Found) and isinstance(found.expression, Call):
                    yield found.expression, found.frame


def _loaded(walk: Walk, loader: Call, frame: Frame, name: Named, call: Call) -> Found | Lost | None:
    tails = {each.rpartition(".")[2] for each in _outside(walk, loader, frame)}
    if "DictLoader" in tails and loader.positional:
        return _of_table(walk, loader.positional[0], frame, name.path, call)
    for folder in _folders(walk, loader, frame, tails):
        if isinstance(folder, Lost):
            return folder
        found = under(folder, Named(name.path, name.near))
        if isinstance(found, Lost):
            return found
        near = None if found.anchored else found.near
        path = next(iter(walk.source.files(found.path, near)), None)
        if path is not None:
            hop = Hop(call.at.within(name.near), HopKind.FILE, found.confidence, path)
            return held_by(walk, path, (*found.hops, *name.hops, hop))
    return None


def _folders(walk: Walk, loader: Call, frame: Frame, tails: set[str]) -> Ends:
    given = [*loader.positional, *(each.value for each in loader.keywords if each.name)]
    if "FileSystemLoader" in tails and given:
        match given[0]:
            case Series(items=items):
                return tuple(end for item in items for end in paths_of(walk, item, frame))
            case _:
                return paths_of(walk, given[0], frame)
    if "PackageLoader" in tails and given:
        below: Ends = (Named("templates", frame.path),)
        if len(given) > 1:
            below = paths_of(walk, given[1], frame)
        return tuple(under(a, b) for a in package_folder(walk, given[0], frame) for b in below)
    return ()


def _of_table(
    walk: Walk, table: Expression, frame: Frame, name: str, call: Call
) -> Found | Lost | None:

    for end in walk.follow(table, frame):
        if isinstance(end, Found) and isinstance(end.expression, Table):
            at = call.at.within(frame.path)
            found = entry_of(walk, end.expression, end.frame, name, at)
            return next((each for each in found if isinstance(each, Found)), None)
    return None


def _outside(walk: Walk, call: Call, frame: Frame) -> set[str]:
    return {end.name for end in walk.follow(call.callee, frame) if isinstance(end, Outside)}


def _is_jinja(name: str, tails: tuple[str, ...]) -> bool:
    return name.startswith("jinja2.") and name.rpartition(".")[2] in tails
