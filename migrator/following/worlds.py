"""Follow values in a world where one text of the project reads as if it were another."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from migrator.domain.expression import Expression, Text
from migrator.domain.facts import Binding, Branch, Course, FileFacts, Guard, Invocation, Scope
from migrator.domain.source import Place
from migrator.domain.trail import Found, Frame, Trail
from migrator.following.evaluate import Evaluator
from migrator.following.follow import NEVER, Follower
from migrator.following.outcomes import UNKNOWN, Evaluated
from migrator.following.port import Walk

NOWHERE = Place("", 1)
MOST_BUSY = 3
MOST_WORK = 5_000
_LEAVING = frozenset({Course.RETURNS, Course.SKIPS})

Known: TypeAlias = dict[tuple[int | str, int, type, Frame], tuple[Trail, ...]]
Mark: TypeAlias = tuple[str, int, int]
Kept: TypeAlias = tuple[Known, dict[tuple[int, int, Frame], Evaluated], dict[object, Evaluated]]


@dataclass
class Guards:
    """The guards of each scope, looked up once."""

    known: dict[tuple[str, str], tuple[Guard, ...]] = field(default_factory=dict)
    read: set[str] = field(default_factory=set)

    def of(self, facts: FileFacts, symbol: str) -> tuple[Guard, ...]:
        """Give the guards directly in a scope."""
        if facts.path not in self.read:
            self.read.add(facts.path)
            for guard in facts.guards:
                key = (facts.path, guard.scope)
                self.known[key] = (*self.known.get(key, ()), guard)
        return self.known.get((facts.path, symbol), ())

    def add(self, path: str, guard: Guard) -> None:
        """Take in one guard of a file that is not looked up itself."""
        self.read.add(path)
        self.known[path, guard.scope] = (*self.known.get((path, guard.scope), ()), guard)


@dataclass
class _SameCallers:
    """Who calls what in the plain project, whatever is assumed."""

    plain: Follower

    def named(self, name: str) -> Iterable[tuple[str, Invocation]]:
        """Give the calls whose callee's last segment is `name`, with their paths."""
        return self.plain.callers.named(name)

    def deriving(self, name: str) -> Iterable[str]:
        """Give the names of the classes with a base whose last segment is `name`."""
        return self.plain.callers.deriving(name)

    def of(
        self,
        walk: Walk,  # noqa: ARG002
        path: str,
        scope: Scope,
    ) -> tuple[tuple[Frame, Invocation, bool], ...]:
        """Give the calls of a function as the plain walk finds them."""
        return self.plain.callers.of(self.plain, path, scope)

    def below(
        self,
        walk: Walk,  # noqa: ARG002
        path: str,
        symbol: str,
    ) -> tuple[tuple[str, Scope], ...]:
        """Give the classes that derive from a class, as the plain walk finds them."""
        return self.plain.callers.below(self.plain, path, symbol)


@dataclass
class World(Follower):
    """Walks values as a `Follower` does, leaving out the code that cannot run in this world.

    The text written at `place` is in play, and read as `text`. Only the guards of `deciding` are
    evaluated, those that this text can reach. A branch that raises is no reason to leave out what
    follows it: that is told of as a gate. `busy` are the guards under evaluation, each of which is
    unknown to what it asks itself; what is found meanwhile is kept apart, in `kept`. `opened` are
    the files that were asked.
    """

    place: Place = NOWHERE
    text: str = ""
    guards: Guards = field(default_factory=Guards)
    deciding: Guards = field(default_factory=Guards)
    left: int = MOST_WORK
    truths: dict[tuple[int, int, Frame], Evaluated] = field(default_factory=dict)
    values: dict[object, Evaluated] = field(default_factory=dict)
    busy: frozenset[Mark] = frozenset()
    opened: set[str] = field(default_factory=set)
    kept: dict[frozenset[Mark], Kept] = field(default_factory=dict)

    def assumes(self, text: Text, frame: Frame) -> bool:
        """Whether this is the text in play."""
        return text.at.within(frame.path) == self.place

    def spend(self) -> bool:
        """Take one step of evaluation, as long as there are some left for the question asked."""
        self.left -= 1
        return self.left > 0

    def refresh(self) -> None:
        """Allow as much work for the next question as for the first."""
        self.left = MOST_WORK

    def truth(self, guard: Guard, frame: Frame) -> Evaluated:
        """Tell whether the test of a guard holds here."""
        at = guard.test.at
        key, mark = (at.start, at.end, frame), (frame.path, at.start, at.end)
        if key in self.truths:
            return self.truths[key]
        if mark in self.busy or len(self.busy) >= MOST_BUSY:
            return UNKNOWN
        walking = self.active, self.cut, self.busy
        keeping = self.known, self.truths, self.values
        self.active, self.cut, self.busy = {}, NEVER, self.busy | {mark}
        self.nested += 1
        self.known, self.truths, self.values = self.kept.setdefault(self.busy, ({}, {}, {}))
        try:
            found = Evaluator(self).truth(guard.test, frame)
        finally:
            self.active, self.cut, self.busy = walking
            self.nested -= 1
            self.known, self.truths, self.values = keeping
        self.truths[key] = found
        return found

    def runs(self, frame: Frame, at: int) -> bool:
        """Tell whether the code at a byte of a frame's scope may run."""
        return not any(self._stops(guard, frame, at, _LEAVING) for guard in self._deciding(frame))

    def reaches(self, frame: Frame, at: int) -> bool:
        """Tell the same, where a branch that raises ends what follows it as well."""
        ending = _LEAVING | {Course.RAISES}
        return not any(self._stops(guard, frame, at, ending) for guard in self._deciding(frame))

    def surely_runs(self, frame: Frame, at: int) -> bool:
        """Whether every guard around the code at a byte of a frame's scope lets it run."""
        return all(
            self._lets(guard, frame, at)
            for guard in self._guards(frame)
            if _side(guard, at) is not None
        )

    def settled(self, frame: Frame) -> Callable[[Scope, Binding], bool | None] | None:
        """Give what tells whether a conditional binding, seen from a frame, is made for certain."""

        def made(scope: Scope, binding: Binding) -> bool | None:
            inside = Frame(frame.path, scope.symbol, frame.callers if scope.symbol else ())
            if not self.runs(inside, binding.at.start):
                return False
            sure = not binding.attempted and self.surely_runs(inside, binding.at.start)
            return True if sure else None

        return made

    def file(self, path: str) -> FileFacts | None:
        """Give a file's facts, None where it cannot be read."""
        self.opened.add(path)
        return super().file(path)

    def _step(self, expression: Expression, frame: Frame) -> tuple[Trail, ...]:
        if isinstance(expression, Text) and self.assumes(expression, frame):
            return (Found(Text(expression.at, self.text), frame),)
        return super()._step(expression, frame)

    def _guards(self, frame: Frame) -> tuple[Guard, ...]:
        facts = self.file(frame.path)
        return self.guards.of(facts, frame.symbol) if facts else ()

    def _deciding(self, frame: Frame) -> tuple[Guard, ...]:
        return self.deciding.known.get((frame.path, frame.symbol), ())

    def _lets(self, guard: Guard, frame: Frame, at: int) -> bool:
        if guard not in self._deciding(frame):
            return False
        truth = self.truth(guard, frame)
        return truth.known and truth.value is _side(guard, at)

    def _stops(self, guard: Guard, frame: Frame, at: int, ending: Container[Course]) -> bool:
        side = _side(guard, at)
        if side is not None:
            truth = self.truth(guard, frame)
            return truth.known and truth.value is not side
        leaves = [_ends_in(each, ending) for each in (guard.then, guard.otherwise)]
        if not (_end(guard) <= at < guard.ends and any(leaves)):
            return False
        truth = self.truth(guard, frame)
        left = truth.known and _ends_in(taken(guard, truth), ending)
        return left and self._reached(guard, frame, at)

    def _reached(self, guard: Guard, frame: Frame, at: int) -> bool:
        """Whether the guard is certainly tested before the code at `at` could run."""
        start = guard.test.at.start
        return all(
            self._lets(outer, frame, start)
            for outer in self._guards(frame)
            if _side(outer, start) is not None and _side(outer, at) is None
        )


def assume(
    plain: Follower,
    guards: Guards,
    place: Place,
    text: str,
    deciding: Guards,
) -> World:
    """Give the world in which the text written at `place` is in play and reads `text`."""
    callers = _SameCallers(plain)
    return World(plain.source, callers, place=place, text=text, guards=guards, deciding=deciding)


def taken(guard: Guard, truth: Evaluated) -> Branch | None:
    """Give the branch that a known truth leads to."""
    return guard.then if truth.value else guard.otherwise


def _side(guard: Guard, at: int) -> bool | None:
    if guard.then is not None and guard.then.start <= at < guard.then.end:
        return True
    if guard.otherwise is not None and guard.otherwise.start <= at < guard.otherwise.end:
        return False
    return None


def _end(guard: Guard) -> int:
    branches = (guard.then, guard.otherwise)
    return max(guard.test.at.end, *(each.end for each in branches if each), 0)


def _ends_in(branch: Branch | None, courses: Container[Course]) -> bool:
    return branch is not None and branch.course in courses
