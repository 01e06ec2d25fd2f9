"""Find the arguments of a call that hang on its id in a way that cannot be evaluated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from migrator.domain.expression import Call, Choice, Expression, Name, Opaque
from migrator.domain.facts import Guard
from migrator.domain.gate import Gate, GateKind, Passage
from migrator.domain.site import BoundCall
from migrator.domain.source import Place
from migrator.domain.trail import Frame
from migrator.following.evaluate import Evaluator
from migrator.stages.gates._described import Crossing, written
from migrator.stages.gates._involved import MOST_STEPS, Origins


@dataclass(frozen=True, slots=True)
class UnclearTests:
    """Tells which tests of an id cannot be evaluated, asking each once; `asked` keeps the answers.

    Evaluating is dear: only a test that could decide an argument of a site's call is asked.
    """

    crossing: Crossing
    tests: tuple[tuple[Guard, Frame], ...]
    origins: Origins
    asked: dict[tuple[Place, Frame], bool] = field(default_factory=dict)

    def gates(self, call: BoundCall) -> Iterator[Gate]:
        """Yield a gate for each test that decides, unseen, what a call is given."""
        for guard, frame in self.tests:
            gives = _sets_argument(self.crossing, guard, frame, call)
            if (gives or _gives_argument(guard, frame, call)) and self._is_unclear(guard, frame):
                yield Gate(
                    at=guard.test.at.within(frame.path),
                    kind=GateKind.TEST,
                    passage=Passage.ARGUMENTS,
                    model=self.crossing.model,
                    written=written(self.crossing.after, guard.test, frame),
                )

    def _is_unclear(self, guard: Guard, frame: Frame) -> bool:
        key = guard.test.at.within(frame.path), frame
        if key not in self.asked:
            after = self.crossing.after
            self.asked[key] = not after.truth(guard, frame).known and any(
                self._is_unseen(each, frame) for each in _operands(guard.test)
            )
        return self.asked[key]

    def _is_unseen(self, operand: Expression, frame: Frame) -> bool:
        """Whether an operand asks for the id and cannot be evaluated; other doubts are not ours."""
        after = self.crossing.after
        if Evaluator(after).truth(operand, frame).known:
            return False
        return after.place in self.origins.of(operand, frame, MOST_STEPS)


def _operands(test: Expression) -> Iterator[Expression]:
    match test:
        case Opaque(what="not" | "and", inner=inner):
            for each in inner:
                yield from _operands(each)
        case Choice(test=None, options=options):
            for each in options:
                yield from _operands(each)
        case _:
            yield test


def _sets_argument(crossing: Crossing, guard: Guard, frame: Frame, call: BoundCall) -> bool:
    """Whether a branch changes a name that the call's arguments are read from."""
    if (frame.path, frame.symbol) != (call.frame.path, call.frame.symbol):
        return False
    facts = crossing.after.file(frame.path)
    scope = facts.scopes.get(frame.symbol) if facts else None
    names = set(_names(call.invocation.call))
    return any(
        each.name in names and _decides(guard, each.at.start)
        for each in (scope.bindings if scope else ())
    )


def _gives_argument(guard: Guard, frame: Frame, call: BoundCall) -> bool:
    """Whether a value that a setting may have is written in a branch."""
    ends = [end for setting in call.settings.values() for end in setting.ends]
    return any(
        (end.frame.path, end.frame.symbol) == (frame.path, frame.symbol)
        and _decides(guard, end.expression.at.start)
        for end in ends
    )


def _decides(guard: Guard, at: int) -> bool:
    branches = (guard.then, guard.otherwise)
    return any(each is not None and each.start <= at < each.end for each in branches)


def _names(call: Call) -> Iterator[str]:
    given = call.given
    yield from (each.name for each in given if isinstance(each, Name))
