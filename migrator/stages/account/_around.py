"""Look at what stands around a string literal: the table or call that holds it, and its kin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from migrator.domain.expression import (
    Call,
    Choice,
    Expression,
    Join,
    Member,
    Opaque,
    Series,
    Spread,
    Table,
    Text,
    dotted,
)
from migrator.domain.facts import FileFacts
from migrator.domain.source import Location


@dataclass(frozen=True, slots=True)
class Holder:
    """A table or call; `keys` are the names in it, `callee` is empty for a table."""

    at: Location
    keys: frozenset[str]
    callee: str = ""
    result: str = ""


@dataclass
class Surroundings:
    """The tables and calls of a file, walked once when the first literal is asked for."""

    facts: FileFacts

    def around(self, at: Location) -> tuple[Holder, ...]:
        """Give what holds a place, from the inside out."""
        found = (each for each in self._holders if each.at.start <= at.start < each.at.end)
        return tuple(sorted(found, key=lambda each: each.at.end - each.at.start))

    @cached_property
    def _holders(self) -> tuple[Holder, ...]:
        found = dict.fromkeys(holder for value in self._values() for holder in _holders_in(value))
        results = {
            each.call.at: each.result for each in self.facts.invocations if each.result is not None
        }
        calls = (
            _holder(each.call, results.get(each.call.at, "")) for each in self.facts.invocations
        )
        return (*found, *calls)

    def _values(self) -> Iterator[Expression]:
        """Give what may hold tables: bindings, arguments, returned values and defaults."""
        for scope in self.facts.scopes.values():
            yield from (each.value for each in scope.bindings if each.value is not None)
            yield from scope.returns
            yield from (each.default for each in scope.parameters if each.default is not None)
        for each in self.facts.invocations:
            yield from each.call.positional
            yield from (keyword.value for keyword in each.call.keywords)


def _holders_in(expression: Expression) -> Iterator[Holder]:
    """Give the tables in an expression; calls are told by their own facts."""
    match expression:
        case Table(at=at, entries=entries):
            keys = (each.key.value for each in entries if isinstance(each.key, Text))
            yield Holder(at, frozenset(keys))
            for entry in entries:
                yield from _holders_in(entry.value)
        case Series(items=parts) | Choice(options=parts) | Join(parts=parts) | Opaque(inner=parts):
            for each in parts:
                yield from _holders_in(each)
        case Spread(value=value):
            yield from _holders_in(value)
        case Call(positional=positional, keywords=keywords):
            for value in (*positional, *(each.value for each in keywords)):
                yield from _holders_in(value)
        case _:
            pass


def _holder(call: Call, result: str) -> Holder:
    keys = {each.name for each in call.keywords if each.name}
    keys |= {each.value for each in call.positional if isinstance(each, Text)}
    callee = dotted(call.callee) or (call.callee.name if isinstance(call.callee, Member) else "")
    return Holder(call.at, frozenset(keys), callee, result)
