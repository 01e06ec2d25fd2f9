"""Follow a field of a request to the calls of the project that send it to its own route."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.expression import Call, Expression, Join, Member, Table, Text
from migrator.domain.facts import Scope
from migrator.domain.roles import is_test
from migrator.domain.trail import Confidence, Found, Frame, Hop, HopKind, Trail
from migrator.following.hops import via
from migrator.following.items import entry_of
from migrator.following.port import Walk

_VERBS = frozenset({"post", "put", "patch", "get", "delete", "request"})
_ROUTES = _VERBS | {"route", "api_route"}
_BODIES = frozenset({"json", "data", "params"})
MOST_REQUESTS = 100


def requested(walk: Walk, route: Scope, path: str, field: str) -> tuple[Trail, ...]:
    """Give what requests to the route that a function answers send under `field`.

    An address is taken for the route's when it ends in the route's path: likely, no more.
    """
    addresses = set(_addresses(route))
    trails: tuple[Trail, ...] = ()
    for verb in sorted(_VERBS) if addresses else ():
        for where, invocation in list(walk.callers.named(verb))[:MOST_REQUESTS]:
            call, frame = invocation.call, Frame(where, invocation.scope)
            if is_test(where) or not any(_goes_to(each, addresses) for each in call.positional[:2]):
                continue
            at = call.at.within(where)
            hop = Hop(at, HopKind.REQUEST, Confidence.LIKELY, path)
            trails += via(tuple(_sent(walk, call, frame, field)), hop)
    return trails


def _addresses(route: Scope) -> Iterator[str]:
    for each in route.decorators:
        match each:
            case Call(callee=Member(name=name), positional=(Text(value=address), *_)) if (
                name in _ROUTES and len(address) > 1
            ):
                yield address.rstrip("/")
            case _:
                pass


def _goes_to(target: Expression, addresses: set[str]) -> bool:
    match target:
        case Text(value=value):
            written = value
        case Join(parts=(*_, Text(value=value))):
            written = value
        case _:
            return False
    address = written.partition("?")[0].rstrip("/")
    return any(address.endswith(each) for each in addresses)


def _sent(walk: Walk, call: Call, frame: Frame, field: str) -> Iterator[Trail]:
    at = call.at.within(frame.path)
    for keyword in call.keywords:
        if keyword.name in _BODIES:
            for end in walk.follow(keyword.value, frame):
                if isinstance(end, Found) and isinstance(end.expression, Table):
                    found = entry_of(walk, end.expression, end.frame, field, at)
                    yield from via(found, *end.hops)
