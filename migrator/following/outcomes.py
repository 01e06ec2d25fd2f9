"""Hold the values that evaluation can tell, and what is not known of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol, TypeAlias

from migrator.domain.expression import Expression, Text
from migrator.domain.trail import Frame
from migrator.following.port import Walk

Plain: TypeAlias = str | int | float | bool | None
Entry: TypeAlias = tuple[Expression, Frame]


class Assumed(Walk, Protocol):
    """A walk in a world where one written text is in play."""

    @property
    def values(self) -> dict[object, Evaluated]:
        """What expressions were found to be, for those who ask again."""

    def spend(self) -> bool:
        """Take one step of evaluation; false when there are none left."""

    def assumes(self, text: Text, frame: Frame) -> bool:
        """Whether this is the text in play."""

    def surely_runs(self, frame: Frame, at: int) -> bool:
        """Whether every guard around the code at a byte of a frame's scope lets it run."""


@dataclass(frozen=True, slots=True)
class Many:
    """A series as far as known; not `complete` when it may hold more."""

    items: tuple[Evaluated, ...]
    complete: bool

    def at(self, index: int) -> Evaluated | None:
        """Give the item at an index of a complete series."""
        inside = self.complete and -len(self.items) <= index < len(self.items)
        return self.items[index] if inside else None


@dataclass(frozen=True, slots=True)
class Entries:
    """A table as far as known; not `complete` when it may hold more."""

    table: Mapping[Plain, Entry]
    complete: bool

    def get(self, key: object) -> Entry | None:
        """Give the entry under a plain key."""
        return self.table.get(key) if isinstance(key, str | int | float | None) else None

    def plus(self, key: object, entry: Entry) -> Entries:
        """Add an entry; one under a key that is not known may be any."""
        if not isinstance(key, str | int | float):
            return replace(self, complete=False)
        return Entries({**self.table, key: entry}, self.complete)

    def merged(self, other: object) -> Entries:
        """Add all entries of another table; anything else may hold any."""
        if not isinstance(other, Entries):
            return replace(self, complete=False)
        return Entries({**self.table, **other.table}, self.complete and other.complete)


@dataclass(frozen=True, slots=True)
class Written:
    """What an expression gives, not looked into: an object of a class, or the value of an entry."""

    expression: Expression
    frame: Frame


Value: TypeAlias = Plain | Many | Entries | Written


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A value, whether it is `known`, and whether it comes of the text in play (`ours`)."""

    value: Value
    known: bool = True
    ours: bool = False


UNKNOWN = Evaluated(None, known=False)
_SAME = frozenset({"==", "is", "!=", "is not"})


def known(value: Value, *, ours: bool = False) -> Evaluated:
    """Give a value that is known."""
    return Evaluated(value, known=True, ours=ours)


def agreed(found: Iterable[Evaluated]) -> Evaluated:
    """Give the value of several ends when they agree; those of the text in play come first."""
    ends = list(found)
    ours = [each for each in ends if each.ours]
    ends = ours or ends
    if ends and all(each.known for each in ends) and all(each == ends[0] for each in ends):
        return ends[0]
    return replace(UNKNOWN, ours=bool(ours))


def compare(left: Evaluated, operator: str, right: Evaluated) -> Evaluated:
    """Carry out a comparison, as far as both sides are known."""
    ours = left.ours or right.ours
    found = None
    if left.known and right.known:
        found = _compared(left.value, operator.removeprefix("not "), right.value)
    if found is None:
        return replace(UNKNOWN, ours=ours)
    return known(not found if operator.startswith("not ") else found, ours=ours)


def _compared(left: Value, operator: str, right: Value) -> bool | None:
    if operator == "in":
        return contains(right, left)
    if isinstance(left, Many | Entries | Written) or isinstance(right, Many | Entries | Written):
        found = operator in {"!=", "is not"}
        return found if (left is None or right is None) and operator in _SAME else None
    match operator:
        case "==" | "is":
            return left == right
        case "!=" | "is not":
            return left != right
        case _:
            return _ordered(left, operator, right)


def _ordered(left: Plain, operator: str, right: Plain) -> bool | None:
    match left, right:
        case (str() as first, str() as second):
            order = (first > second) - (first < second)
        case (int() | float() as one, int() | float() as other):
            order = (one > other) - (one < other)
        case _:
            return None
    answers = {"<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0}
    return answers.get(operator)


def contains(container: Value, value: Value) -> bool | None:
    """Whether a text, series or table holds a value; None when that is not known."""
    match container:
        case str() if isinstance(value, str):
            return value in container
        case Many(items=items, complete=complete):
            found = any(each.known and each.value == value for each in items)
            sure = complete and not any(isinstance(each.value, Written) for each in items)
            return True if found else (False if sure else None)
        case Entries(complete=complete) as entries:
            return True if entries.get(value) is not None else (False if complete else None)
        case _:
            return None
