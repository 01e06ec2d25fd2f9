"""Evaluate `next(each for each in models if …)` before and after the change of an id."""

from __future__ import annotations

from migrator.domain.expression import Opaque
from migrator.domain.facts import Invocation
from migrator.domain.gate import Passage
from migrator.domain.trail import Frame
from migrator.following.evaluate import Evaluator
from migrator.following.first_match import first_match
from migrator.following.worlds import World


def picking(before: World, after: World, code: Invocation, frame: Frame) -> Passage | None:
    """Tell how the target fares where one of several is picked by the id; None for no otherwise.

    It raises where none passes the conditions and no default is given; that a call has a default
    differs, and what becomes of the default is for the tests on it to say.
    """
    match code.call.positional:
        case (Opaque(what="comprehension") as choice,):
            alone = True
        case (Opaque(what="comprehension") as choice, _):
            alone = False
        case _:
            return None
    was, empty_before = first_match(Evaluator(before), choice, frame)
    will, empty = first_match(Evaluator(after), choice, frame)
    if empty_before or not will.ours:
        return None
    if empty:
        return Passage.RAISES if alone else Passage.DIFFERS
    if was.known and will.known:
        return None
    return Passage.UNCLEAR if alone else None
