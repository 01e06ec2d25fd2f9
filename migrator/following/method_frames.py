"""Give the frames that methods are read in, as far as it is known what made their object."""

from __future__ import annotations

from migrator.domain.expression import Call, dotted
from migrator.domain.facts import FileFacts, Scope
from migrator.domain.trail import Frame
from migrator.following.hops import MOST_NESTED
from migrator.following.port import Walk
from migrator.following.selves import reading


def frame_of(walk: Walk, facts: FileFacts, scope: Scope, made: tuple[Call, Frame] | None) -> Frame:
    """Read a constructor as entered from the call that made the instance, if that is known."""
    if made is None or made[1].depth >= MOST_NESTED:
        return Frame(facts.path, scope.symbol)
    return walk.entered(facts.path, scope, *made)


def frames_of(
    walk: Walk, facts: FileFacts, owner: Scope, method: Scope, made: tuple[Call, Frame] | None
) -> tuple[Frame, ...]:
    """Read a method of an instance as entered from its constructor, or from out of view."""
    constructor = f"{owner.symbol}.__init__"
    if method.symbol == constructor:
        return (frame_of(walk, facts, method, made),)
    own = facts.scopes.get(constructor) if made else None
    frames: tuple[Frame, ...] = ()
    if made is not None and own is not None and own.parameters:
        name = f"{own.parameters[0].name}.{method.symbol.rpartition('.')[2]}"
        inside = frame_of(walk, facts, own, made)
        frames = tuple(
            frame_of(walk, facts, method, (each.call, inside))
            for each in facts.invocations
            if each.scope == constructor and dotted(each.call.callee) == name
        )
    if made is not None and not frames and len(method.parameters) == 1:
        frames = (entered_on(walk, facts, method, made),)
    return frames or (Frame(facts.path, method.symbol),)


def entered_on(walk: Walk, facts: FileFacts, method: Scope, made: tuple[Call, Frame]) -> Frame:
    """Read a method that takes nothing as called on the instance that a call made."""
    call = reading(made[0], method.symbol.rpartition(".")[2])
    return frame_of(walk, facts, method, (call, made[1]))
