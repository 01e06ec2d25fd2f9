"""Follow values in a world where one text of the project reads as if it were another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from migrator.domain.expression import Expression, Text
from migrator.domain.facts import Binding, Branch, Course, FileFacts, Guard, Invocation, Scope
from migrator.domain.source import Place
from migrator.domain.trail import Found, Frame, Trail
from migrator.following.evaluate import Evaluator
from migrator.following.follow import NEVER, Follower
from migrator.following.guarded import LEAVING, Guards
from migrator.following.outcomes import UNKNOWN, Evaluated
from migrator.following.port import KeptValue, Put, Walk
from migrator.following.running import made_in, stopped

NOWHERE = Place("", 1)
MOST_BUSY = 3
MOST_WORK = 5_000

Known: TypeAlias = dict[tuple[int | str, int, type | str, Frame], tuple[Trail, ...]]
Mark: TypeAlias = tuple[str, int, int]
Kept: TypeAlias = tuple[Known, dict[tuple[int, int, Frame], Evaluated], dict[object, Evaluated]]


@dataclass
class SameCallers:
    """Who calls what in the plain project, whatever is assumed."""

    plain: Walk

    def kept(self, store: str, name: str) -> Iterable[KeptValue]:
        """Give the places that keep a value in a store under a name."""
        return self.plain.callers.kept(store, name)

    def named(self, name: str) -> Iterable[tuple[str, Invocation]]:
        """Give the calls whose callee's last segment is `name`, with their paths."""
        return self.plain.callers.named(name)

    def setting(self, variable: str) -> Iterable[KeptValue]:
        """Give the places that set a variable of the environment."""
        return self.plain.callers.setting(variable)

    def left_out(self, path: str, scope: Scope) -> tuple[tuple[str, Invocation], ...]:
        """Give the calls of a function's name that the plain walk does not look at."""
        return self.plain.callers.left_out(path, scope)

    def is_node(self, path: str, scope: Scope) -> bool:
        """Whether a function is a node of a graph that is run in view."""
        return self.plain.callers.is_node(path, scope)

    def deriving(self, name: str) -> Iterable[str]:
        """Give the names of the classes with a base whose last segment is `name`."""
        return self.plain.callers.deriving(name)

    def classes(self, base: str) -> Iterable[tuple[str, Scope]]:
        """Give the classes with a base whose last segment is `base`, with their paths."""
        return self.plain.callers.classes(base)

    def puts(self, facts: FileFacts, name: str) -> Iterable[Put]:
        """Give what may be put into a container of a file, by the last segment of its name."""
        return self.plain.callers.puts(facts, name)

    def container(self, facts: FileFacts, start: int) -> tuple[str, str] | None:
        """Give the scope and the name of a container that a file makes at a byte."""
        return self.plain.callers.container(facts, start)

    def decorated(self, name: str) -> Iterable[tuple[str, Scope, Expression]]:
        """Give what is decorated with a name, with its path and the decorator."""
        return self.plain.callers.decorated(name)

    def registering(
        self,
        walk: Walk,  # noqa: ARG002
        path: str,
        symbol: str,
    ) -> tuple[tuple[str, str], ...]:
        """Give the containers that a function is put into as the plain walk finds them."""
        return self.plain.callers.registering(self.plain, path, symbol)

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

    def holds(self, guard: Guard, frame: Frame) -> bool | None:
        """Tell whether a guard lets its first branch run; None where that is not known."""
        if guard not in self._deciding(frame):
            return super().holds(guard, frame)
        truth = self.truth(guard, frame)
        return bool(truth.value) if truth.known else None

    def reaches(self, frame: Frame, at: int) -> bool:
        """Tell whether code may run, where a branch that raises ends what follows it as well."""
        return not stopped(self, frame, at, LEAVING | {Course.RAISES})

    def settled(self, frame: Frame) -> Callable[[Scope, Binding], bool | None] | None:
        """Give what is known of the conditional bindings that are seen from a frame."""
        return made_in(self, frame, LEAVING)

    def in_question(self, frame: Frame) -> tuple[Guard, ...]:
        """Give the guards that the text in play decides, or the call that entered the function."""
        return (*self._deciding(frame), *super().in_question(frame))

    def file(self, path: str) -> FileFacts | None:
        """Give a file's facts, None where it cannot be read."""
        self.opened.add(path)
        return super().file(path)

    def _step(self, expression: Expression, frame: Frame) -> tuple[Trail, ...]:
        if isinstance(expression, Text) and self.assumes(expression, frame):
            return (Found(Text(expression.at, self.text), frame),)
        return super()._step(expression, frame)

    def _deciding(self, frame: Frame) -> tuple[Guard, ...]:
        return self.deciding.known.get((frame.path, frame.symbol), ())


def assume(
    plain: Follower,
    guards: Guards,
    place: Place,
    text: str,
    deciding: Guards,
) -> World:
    """Give the world in which the text written at `place` is in play and reads `text`."""
    callers = SameCallers(plain)
    return World(plain.source, callers, place=place, text=text, guards=guards, deciding=deciding)


def taken(guard: Guard, truth: Evaluated) -> Branch | None:
    """Give the branch that a known truth leads to."""
    return guard.then if truth.value else guard.otherwise
