"""Find the statements that raise for the target alone, however the way to them is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from migrator.domain.facts import Failure, Guard
from migrator.domain.gate import Gate, GateKind, Passage
from migrator.domain.trail import Frame
from migrator.stages.gates._caught import is_caught
from migrator.stages.gates._described import Crossing, gate_at
from migrator.stages.gates._involved import Candidate
from migrator.stages.gates._passing import consulted


def failures(crossing: Crossing, candidates: Iterable[Candidate]) -> Iterator[Gate]:
    """Yield a gate for each `raise` that the source cannot come to and the target can.

    The gate stands at the last test before it that the two ids answer differently.
    """
    guards: dict[Frame, list[Guard]] = {}
    for candidate in candidates:
        if isinstance(candidate.code, Guard):
            guards.setdefault(candidate.frame, []).append(candidate.code)
    for frame, near in guards.items():
        facts = crossing.after.file(frame.path)
        for failure in facts.failures if facts else ():
            if failure.scope == frame.symbol and _is_new(crossing, failure, frame):
                yield from _gate(crossing, failure, frame, near)


def _is_new(crossing: Crossing, failure: Failure, frame: Frame) -> bool:
    at = failure.at.start
    return crossing.after.reaches(frame, at) and not crossing.before.reaches(frame, at)


def _gate(
    crossing: Crossing, failure: Failure, frame: Frame, near: Iterable[Guard]
) -> Iterator[Gate]:
    if is_caught(crossing.after, frame, failure.caught, failure.raised):
        return
    turning = [each for each in near if _turns(crossing, each, frame, failure)]
    sure = crossing.after.surely_runs(frame, failure.at.start)
    passage = Passage.RAISES if sure else Passage.UNCLEAR
    for guard in turning[-1:]:
        table = consulted(guard.test)
        yield gate_at(crossing, frame, guard.test, GateKind.TEST, passage, table)


def _turns(crossing: Crossing, guard: Guard, frame: Frame, failure: Failure) -> bool:
    if guard.test.at.start > failure.at.start:
        return False
    was, will = crossing.before.truth(guard, frame), crossing.after.truth(guard, frame)
    return was.known and was != will
