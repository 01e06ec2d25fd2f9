"""Tell which calls reach a function: by its name, by another, over partials."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace

from migrator.domain.expression import Call, Expression, Member, dotted
from migrator.domain.facts import FileFacts, Invocation, Scope
from migrator.domain.trail import Defined, Frame
from migrator.following.arguments import is_bound
from migrator.following.deferred import deferred, handed_at_once, is_partial, without_later
from migrator.following.partials import called_of, makings
from migrator.following.picked import ways_picking
from migrator.following.port import Walk

Reached = tuple[Frame, Invocation, bool]


def calls_in(facts: FileFacts) -> Iterator[Invocation]:
    """Give the calls of a file, and those that it hands over to be made later or elsewhere."""
    at_once: frozenset[int] | None = None
    for each in facts.invocations:
        yield each
        handed = deferred(each)
        if handed is None:
            continue
        if is_partial(handed):
            at_once = handed_at_once(facts) if at_once is None else at_once
            yield without_later(handed) if each.call.at.start in at_once else handed
        else:
            yield handed


def reached(
    walk: Walk,
    path: str,
    scope: Scope,
    calls: Iterable[tuple[str, Invocation]],
    targets: tuple[AbstractSet[tuple[str, str]], AbstractSet[tuple[str, str]]],
) -> tuple[list[tuple[Frame, Invocation, bool]], set[tuple[str, int]]]:
    """Keep the calls that reach a function, or what it overrides where they do not ask above it.

    With them come the places of the partials that they are calls of.
    """
    own, above = targets
    made: set[tuple[str, int]] = set()
    found: list[tuple[Frame, Invocation, bool]] = []
    for where, invocation in calls:
        frame = Frame(where, invocation.scope)
        wanted = own if _on_base(invocation.call.callee) else own | above
        call = _reaching(walk, invocation.call, frame, wanted)
        if call is not None:
            made |= makings(walk, call, frame)
            bound = is_bound(walk, path, scope, call)
            plain = call is invocation.call
            of_it = invocation if plain else replace(invocation, call=call)
            ways = ways_picking(walk, call.callee, frame, wanted)
            found += ((way, of_it, bound) for way in ways)
    return found, made


def _reaching(
    walk: Walk, call: Call, frame: Frame, targets: AbstractSet[tuple[str, str]]
) -> Call | None:
    """Give a call as it is of one of the targets, over partials; None where it is of none."""
    for end, each in called_of(walk, call, frame):
        if isinstance(end, Defined) and (end.path, end.symbol) in targets:
            return each
    return None


def is_making(frame: Frame, invocation: Invocation, made: AbstractSet[tuple[str, int]]) -> bool:
    """Whether a call is the making of a partial at one of some places."""
    return is_partial(invocation) and (frame.path, invocation.call.at.start) in made


def _on_base(callee: Expression) -> bool:
    """Whether a callee is read from `super()`."""
    base = callee.base if isinstance(callee, Member) else None
    return isinstance(base, Call) and dotted(base.callee) == "super"
