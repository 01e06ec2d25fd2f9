"""State what the steps of following ask of the walk that they are part of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from migrator.domain.expression import Call, Expression
from migrator.domain.facts import Binding, FileFacts, Import, Invocation, Scope
from migrator.domain.ports import Facts
from migrator.domain.source import Location, Place
from migrator.domain.trail import Frame, Trail

Mark: TypeAlias = tuple[int | str, int, type | str, Frame]


@dataclass(frozen=True, slots=True)
class KeptValue:
    """A place that keeps a value, read in `frame`, under a name by which another place reads it."""

    value: Expression
    frame: Frame
    at: Location

    @property
    def place(self) -> Place:
        """Where it is kept."""
        return self.at.within(self.frame.path)


@dataclass(frozen=True, slots=True)
class Put:
    """A statement that puts a value into a container, by the dotted name that this has there.

    `key` is None where the container is a list.
    """

    path: str
    symbol: str
    container: str
    key: Expression | None
    value: Expression
    at: Location

    @property
    def name(self) -> str:
        """The last segment of the container's name."""
        return self.container.rpartition(".")[2]


class KnownCallers(Protocol):
    """The calls of the files read so far, by the function that they call."""

    def setting(self, variable: str) -> Iterable[KeptValue]:
        """Give the places that set a variable of the environment."""

    def kept(self, store: str, name: str) -> Iterable[KeptValue]:
        """Give the places that keep a value in a store under a name."""

    def named(self, name: str) -> Iterable[tuple[str, Invocation]]:
        """Give the calls whose callee's last segment is `name`, with their paths."""

    def deriving(self, name: str) -> Iterable[str]:
        """Give the names of the classes with a base whose last segment is `name`."""

    def puts(self, facts: FileFacts, name: str) -> Iterable[Put]:
        """Give what may be put into a container of a file, by the last segment of its name."""

    def container(self, facts: FileFacts, start: int) -> tuple[str, str] | None:
        """Give the scope and the name of a container that a file makes at a byte."""

    def decorated(self, name: str) -> Iterable[tuple[str, Scope, Expression]]:
        """Give what is decorated with a name, with its path and the decorator."""

    def registering(self, walk: Walk, path: str, symbol: str) -> tuple[tuple[str, str], ...]:
        """Give the containers that code puts a function or class into, by file and name."""

    def of(self, walk: Walk, path: str, scope: Scope) -> tuple[tuple[Frame, Invocation, bool], ...]:
        """Give the calls of a function: the frame of each, and whether it is bound to a self."""

    def left_out(self, path: str, scope: Scope) -> tuple[tuple[str, Invocation], ...]:
        """Give the calls of a function's name that are too many to be looked at."""

    def is_node(self, path: str, scope: Scope) -> bool:
        """Whether a function is a node of a graph that is run in view."""

    def classes(self, base: str) -> Iterable[tuple[str, Scope]]:
        """Give the classes with a base whose last segment is `base`, with their paths."""

    def below(self, walk: Walk, path: str, symbol: str) -> tuple[tuple[str, Scope], ...]:
        """Give the classes that derive from a class, with their paths."""


class Walk(Protocol):
    """A bounded, cycle-safe walk over values."""

    @property
    def source(self) -> Facts:
        """The facts of the project's files."""

    @property
    def callers(self) -> KnownCallers:
        """Who calls what."""

    @property
    def spent(self) -> bool:
        """Whether the value that is followed took too many steps to go on."""

    def wider(self) -> Walk:
        """Give the walk that follows more ways to a value."""

    def follow(self, expression: Expression, frame: Frame) -> tuple[Trail, ...]:
        """Give every end that an expression can come from."""

    def once(
        self, mark: Mark, at: Place, step: Callable[[], tuple[Trail, ...]]
    ) -> tuple[Trail, ...]:
        """Take a step unless it was taken, or is under way further up."""

    def bound(self, bindings: tuple[Binding, ...], frame: Frame) -> tuple[Trail, ...]:
        """Follow the values of bindings."""

    def imported(self, imported: Import, frame: Frame) -> tuple[Trail, ...]:
        """Follow an imported name to its module."""

    def exported(self, path: str, name: str) -> tuple[Trail, ...]:
        """Follow a public name of a module."""

    def file(self, path: str) -> FileFacts | None:
        """Give a file's facts, None where it cannot be read."""

    def runs(self, frame: Frame, at: int) -> bool:
        """Tell whether the code at a byte of a frame's scope may run."""

    def settled(self, frame: Frame) -> Callable[[Scope, Binding], bool | None] | None:
        """Give what tells whether a conditional binding, seen from a frame, is made for certain."""

    def entered(self, path: str, scope: Scope, call: Call, caller: Frame) -> Frame:
        """Give the frame of a function entered from a call."""
