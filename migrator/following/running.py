"""Tell which code of a scope runs, by the guards around it that can be decided."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from typing import Protocol

from migrator.domain.facts import Binding, Course, Guard, Scope
from migrator.domain.trail import Frame
from migrator.following.guarded import lets, stops


class Decides(Protocol):
    """What knows of guards whether they hold."""

    def holds(self, guard: Guard, frame: Frame) -> bool | None:
        """Tell whether a guard's test holds; None where that is not known."""

    def around(self, frame: Frame) -> tuple[Guard, ...]:
        """Give all guards of a frame's scope."""

    def in_question(self, frame: Frame) -> tuple[Guard, ...]:
        """Give those that may be known to hold, or not to."""


def stopped(on: Decides, frame: Frame, at: int, ending: Collection[Course]) -> bool:
    """Whether the code at a byte is known not to run; `ending` as in `stops`."""
    asked = on.in_question(frame)
    if not asked:
        return False
    holds, around = partial(on.holds, frame=frame), on.around(frame)
    return any(stops(each, at, holds, around, ending) for each in asked)


def surely(on: Decides, frame: Frame, at: int) -> bool:
    """Whether every guard around the code at a byte of a frame's scope lets it run."""
    holds = partial(on.holds, frame=frame)
    return all(lets(each, at, holds) for each in on.around(frame))


def made_in(
    on: Decides, frame: Frame, ending: Collection[Course]
) -> Callable[[Scope, Binding], bool | None]:
    """Give what tells whether a conditional binding, seen from a frame, is made for certain."""

    def made(scope: Scope, binding: Binding) -> bool | None:
        inside = frame  # frames are costly to make
        if scope.symbol != frame.symbol:
            inside = frame.inside(scope.symbol)
        if stopped(on, inside, binding.at.start, ending):
            return False
        sure = not binding.attempted and surely(on, inside, binding.at.start)
        return True if sure else None

    return made
