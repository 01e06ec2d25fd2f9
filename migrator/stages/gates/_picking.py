"""Evaluate `next(each for each in models if …)` before and after the change of an id."""

from __future__ import annotations

from migrator.domain.facts import Invocation
from migrator.domain.gate import Passage
from migrator.domain.trail import Frame
from migrator.following.called import picked_from
from migrator.following.evaluate import Evaluator
from migrator.following.worlds import World


def picking(before: World, after: World, code: Invocation, frame: Frame) -> Passage | None:
    """Tell how the target fares where one of several is picked by the id; None for no otherwise.

    It raises where none passes the conditions and no default is given; that a call has a default
    differs, and what becomes of the default is for the tests on it to say.
    """
    if len(code.call.positional) not in {1, 2}:
        return None
    choice, alone = code.call.positional[0], len(code.call.positional) == 1
    was = picked_from(Evaluator(before), choice, frame)
    will = picked_from(Evaluator(after), choice, frame)
    if was is None or will is None or was.empty or not will.ours:
        return None
    if will.empty:
        return Passage.RAISES if alone else Passage.DIFFERS
    if was.first.known and will.first.known and will.items:
        return None
    return Passage.UNCLEAR if alone else None
