"""Tell of settings that whoever sends a request to the project may give, over their default."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.expression import Call, Member, Name, Text
from migrator.domain.facts import Scope
from migrator.domain.parts import everything
from migrator.domain.source import Place
from migrator.domain.trail import Found, HopKind, Lost, Trail
from migrator.following.port import Walk

_ROUTES = frozenset({"get", "post", "put", "patch", "route", "api_route", "websocket"})


def requested(walk: Walk, argument: Found, trails: tuple[Trail, ...]) -> Iterator[Lost]:
    """Yield why a value is not known, where a default was found that a request may override."""
    hops = [hop for end in trails for hop in end.hops]
    kinds = {HopKind.DEFAULT_PARAMETER, HopKind.FIELD}
    if not any(hop.kind in kinds for hop in hops):
        return
    paths = {argument.frame.path, *(hop.at.path for hop in hops)}
    routes = [(path, scope) for path in sorted(paths) for scope in _routes(walk, path)]
    for hop in hops if routes else ():
        owner, _, name = hop.detail.rpartition(".")
        field = hop.kind is HopKind.FIELD and bool(owner)
        for path, scope in routes:
            given = _takes(scope, owner) if field else _has(scope, path, hop.at, name)
            if given and (field or hop.kind is HopKind.DEFAULT_PARAMETER):
                yield Lost(f"whoever sends the request may set {name}", hop.at)


def _routes(walk: Walk, path: str) -> Iterator[Scope]:
    facts = walk.file(path)
    for scope in facts.scopes.values() if facts else ():
        if any(_is_route(each) for each in scope.decorators):
            yield scope


def _is_route(decorator: object) -> bool:
    match decorator:
        case Call(callee=Member(name=name), positional=(Text(value=path), *_)):
            return name in _ROUTES and path.startswith("/")
        case _:
            return False


def _has(route: Scope, path: str, at: Place, name: str) -> bool:
    return any(each.name == name and each.at.within(path) == at for each in route.parameters)


def _takes(route: Scope, owner: str) -> bool:
    """Whether a parameter of a route is made of the request by a class."""
    return any(
        isinstance(part, Name) and part.name == owner
        for each in route.parameters
        if each.annotation is not None
        for part in everything(each.annotation)
    )
