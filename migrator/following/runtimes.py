"""Follow the members of the context that a LangGraph run gives to its nodes.

Source: https://docs.langchain.com/oss/python/langgraph/use-graph-api (`Runtime[Context]`,
`get_runtime(Context)`, a context given as a table fills the class), read on 2026-11-26.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.expression import Call, Expression, Item, Member, Name
from migrator.domain.trail import Defined, Found, Frame, Hop, HopKind, Lost, Outside, Trail
from migrator.following.ancestry import class_of
from migrator.following.classes import class_member
from migrator.following.hops import via
from migrator.following.port import Walk
from migrator.following.scopes import FromParameter, lookup

Made = tuple[Call, Frame]

_CONTEXT = "context"
_RUNTIMES = frozenset({"langgraph.runtime.Runtime", "langgraph.runtime.get_runtime"})


def context_default(walk: Walk, member: Member, frame: Frame) -> tuple[Trail, ...]:
    """Give what the class of a run's context declares for `runtime.context.name`."""
    if not isinstance(member.base, Member) or member.base.name != _CONTEXT:
        return ()
    at = member.at.within(frame.path)
    hop = Hop(at, HopKind.FIELD, detail=member.name)
    trails: tuple[Trail, ...] = ()
    for declared, inside, made in _declared(walk, member.base.base, frame):
        for end in walk.follow(declared, inside):
            if isinstance(end, Defined):
                trails += class_member(walk, end.path, end.symbol, member.name, at, made=made)
    return via(tuple(each for each in trails if not isinstance(each, Lost)), hop)


def _declared(
    walk: Walk, runtime: Expression, frame: Frame
) -> Iterator[tuple[Expression, Frame, Made | None]]:
    """Give the class of the context that a parameter's annotation, or `get_runtime`, names.

    What runs give a parameter is followed for itself; who asks `get_runtime` gets what any gives.
    """
    facts = walk.file(frame.path)
    if facts is None or not isinstance(runtime, Name):
        return
    found = lookup(facts, frame.symbol, runtime.name, None)
    if isinstance(found, FromParameter):
        annotation = found.parameter.annotation
        outer = Frame(frame.path, found.scope.parent or "")
        if isinstance(annotation, Item) and _is_runtime(walk, class_of(annotation), outer):
            yield annotation.key, outer, (Call(annotation.at, annotation.key, (), ()), outer)
        return
    for end in walk.follow(runtime, frame):
        match end:
            case Found(expression=Call(callee=callee, positional=(first, *_)), frame=inside) if (
                _is_runtime(walk, callee, inside)
            ):
                yield first, inside, None
            case _:
                pass


def _is_runtime(walk: Walk, callee: Expression, frame: Frame) -> bool:
    ends = walk.follow(class_of(callee), frame)
    return any(isinstance(end, Outside) and end.name in _RUNTIMES for end in ends)
