"""Tell which code guards let run, as far as it is known whether their tests hold."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from migrator.domain.facts import Branch, Course, FileFacts, Guard, Scope

LEAVING = frozenset({Course.RETURNS, Course.SKIPS})

Holds: TypeAlias = Callable[[Guard], bool | None]


@dataclass
class Guards:
    """The guards of each scope, looked up once, and what its loops may change."""

    known: dict[tuple[str, str], tuple[Guard, ...]] = field(default_factory=dict)
    read: set[str] = field(default_factory=set)
    changing: dict[tuple[str, str], dict[str, int]] = field(default_factory=dict)

    def of(self, facts: FileFacts, symbol: str) -> tuple[Guard, ...]:
        """Give the guards directly in a scope."""
        if facts.path not in self.read:
            self.read.add(facts.path)
            for guard in facts.guards:
                key = (facts.path, guard.scope)
                self.known[key] = (*self.known.get(key, ()), guard)
            for looping in _looping(facts):
                last = {each.name: each.at.start for each in facts.scopes[looping].bindings}
                self.changing[facts.path, looping] = last
        return self.known.get((facts.path, symbol), ())

    def scope(self, facts: FileFacts, symbol: str) -> tuple[Scope, Mapping[str, int]]:
        """Give a scope, and the names that a loop in it may bind again: each with the last byte."""
        return facts.scopes[symbol], self.changing.get((facts.path, symbol), {})

    def add(self, path: str, guard: Guard) -> None:
        """Take in one guard of a file that is not looked up itself."""
        self.read.add(path)
        self.known[path, guard.scope] = (*self.known.get((path, guard.scope), ()), guard)


def _looping(facts: FileFacts) -> Iterator[str]:
    """Name the scopes with a loop: one over something, one that calls, or one that counts."""
    yield from (each.scope for each in facts.invocations if each.loops)
    for symbol, scope in facts.scopes.items():
        if any(each.how in {"loop", "augmented"} for each in scope.bindings):
            yield symbol


def stops(
    guard: Guard, at: int, holds: Holds, around: Iterable[Guard], ending: Collection[Course]
) -> bool:
    """Whether a guard keeps the code at a byte of its scope from running.

    It does so where the code stands in the branch that is not taken, or where the branch that is
    taken ends in one of the courses `ending`. `around` are all guards of the scope.
    """
    side = side_of(guard, at)
    if side is not None:
        truth = holds(guard)
        return truth is not None and truth is not side
    leaves = any(_ends_in(each, ending) for each in (guard.then, guard.otherwise))
    if not (_end(guard) <= at < guard.ends and leaves):
        return False
    truth = holds(guard)
    if truth is None or not _ends_in(guard.then if truth else guard.otherwise, ending):
        return False
    return _reached(guard, at, holds, around)


def lets(guard: Guard, at: int, holds: Holds) -> bool:
    """Whether a guard around the code at a byte is known to let it run; true where it is beside."""
    side = side_of(guard, at)
    return side is None or holds(guard) is side


def side_of(guard: Guard, at: int) -> bool | None:
    """Tell in which branch of a guard a byte lies: where it holds, where not, or in neither."""
    if guard.then is not None and guard.then.start <= at < guard.then.end:
        return True
    if guard.otherwise is not None and guard.otherwise.start <= at < guard.otherwise.end:
        return False
    return None


def _reached(guard: Guard, at: int, holds: Holds, around: Iterable[Guard]) -> bool:
    """Whether the guard is certainly tested before the code at `at` could run."""
    start = guard.test.at.start
    outer = (each for each in around if side_of(each, at) is None)
    return all(lets(each, start, holds) for each in outer)


def _end(guard: Guard) -> int:
    branches = (guard.then, guard.otherwise)
    return max(guard.test.at.end, *(each.end for each in branches if each), 0)


def _ends_in(branch: Branch | None, courses: Collection[Course]) -> bool:
    return branch is not None and branch.course in courses
