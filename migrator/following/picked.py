"""Tell apart the ways to a call whose callee is picked by a key that a caller gives."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from migrator.domain.expression import Expression
from migrator.domain.facts import ScopeKind
from migrator.domain.trail import Confidence, Defined, Frame, HopKind, Trail
from migrator.following.hops import MOST_NESTED
from migrator.following.port import Walk

Targets = AbstractSet[tuple[str, str]]


def is_picked(ends: tuple[Trail, ...]) -> bool:
    """Whether a key that is not known tells which of several functions a callee is."""
    several = len({(e.path, e.symbol) if isinstance(e, Defined) else e for e in ends}) > 1
    hops = (hop for each in ends for hop in each.hops if hop.kind is HopKind.KEY)
    return several and any(hop.confidence is Confidence.LIKELY for hop in hops)


def ways_picking(
    walk: Walk, callee: Expression, frame: Frame, targets: Targets
) -> tuple[Frame, ...]:
    """Give the frames of a call in which its callee may be one of the targets.

    `run(key, …)` calls `STEPS[key]`: where each caller of it tells another key, each is a way of
    its own, and those that pick something else are none.
    """
    if not is_picked(walk.follow(callee, frame)):
        return (frame,)
    ways = tuple(_entered(walk, frame, 1))
    told = [each for each in ways if not is_picked(walk.follow(callee, each))]
    if not told:
        return (frame,)
    return tuple(each for each in ways if _is_one(walk, callee, each, targets))


def _is_one(walk: Walk, callee: Expression, frame: Frame, targets: Targets) -> bool:
    ends = walk.follow(callee, frame)
    return any(isinstance(each, Defined) and (each.path, each.symbol) in targets for each in ends)


def _entered(walk: Walk, frame: Frame, depth: int) -> Iterator[Frame]:
    """Enter the function around a frame through each of its calls, and those in turn."""
    facts = walk.file(frame.path)
    scope = facts.scopes.get(frame.symbol) if facts else None
    if scope is None or scope.kind is not ScopeKind.FUNCTION or depth >= MOST_NESTED - 1:
        return
    for caller, invocation, _ in walk.callers.of(walk, frame.path, scope):
        outer = () if caller.callers else tuple(_entered(walk, caller, depth + 1))
        for each in outer or (caller,):
            yield walk.entered(frame.path, scope, invocation.call, each)
