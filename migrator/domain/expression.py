"""Describe values in a language-neutral way: what a front-end saw, before anything is followed.

A front-end lowers its syntax tree to these few shapes; `following` walks them across files.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

from migrator.domain.source import Location


@dataclass(frozen=True, slots=True)
class Text:
    """A string known in full; `at` spans its literal token or tokens, quotes included.

    `written` is what stands there where a step on the way made `value` of it, else None.
    """

    at: Location
    value: str
    written: str | None = None


@dataclass(frozen=True, slots=True)
class Scalar:
    """A number, a truth value or nothing."""

    at: Location
    value: bool | int | float | None


@dataclass(frozen=True, slots=True)
class Name:
    """A bare identifier, looked up from the scope that holds the expression."""

    at: Location
    name: str


@dataclass(frozen=True, slots=True)
class Member:
    """`base.name`."""

    at: Location
    base: Expression
    name: str


@dataclass(frozen=True, slots=True)
class Item:
    """`base[key]`."""

    at: Location
    base: Expression
    key: Expression


@dataclass(frozen=True, slots=True)
class Keyword:
    """A named argument of a call; a splat has no name."""

    name: str | None
    value: Expression


@dataclass(frozen=True, slots=True)
class Call:
    """`callee(positional, …, name=value, **splat)`; awaiting it changes nothing here."""

    at: Location
    callee: Expression
    positional: tuple[Expression, ...]
    keywords: tuple[Keyword, ...]

    @property
    def given(self) -> tuple[Expression, ...]:
        """All that it is given: by position, by name and in splats."""
        return (*self.positional, *(each.value for each in self.keywords))


@dataclass(frozen=True, slots=True)
class Join:
    """Text put together from parts: concatenation or an interpolated string."""

    at: Location
    parts: tuple[Expression, ...]


class ChoiceKind(StrEnum):
    """How one of several values is picked."""

    FALLBACK = "fallback"  # a or b
    CONDITION = "condition"  # a if test else b


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several values; `test` is what decides, where there is one."""

    at: Location
    kind: ChoiceKind
    options: tuple[Expression, ...]
    test: Expression | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One pair of a table; a splatted table has no key."""

    key: Expression | None
    value: Expression


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping literal."""

    at: Location
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """A list, tuple or set literal; a splatted item is a `Spread`."""

    at: Location
    items: tuple[Expression, ...]
    kind: str = "list"


@dataclass(frozen=True, slots=True)
class Spread:
    """`*value` inside a series or a call."""

    at: Location
    value: Expression


@dataclass(frozen=True, slots=True)
class Comparison:
    """`left operator right`; operators are `==`, `!=`, `in`, `not in` and their like."""

    at: Location
    left: Expression
    operator: str
    right: Expression


PART = "part of an item"
AUGMENTED = "augmented"  # what an item is changed by: `table[key] += value`


@dataclass(frozen=True, slots=True)
class Opaque:
    """Something that no value can be read from; `what` names the construct.

    What is put deeper into a table is a `PART` of an item of it: the value, then the texts of the
    keys that lead there, as far as they are known.
    """

    at: Location
    what: str
    inner: tuple[Expression, ...] = ()


Expression: TypeAlias = (
    Text
    | Scalar
    | Name
    | Member
    | Item
    | Call
    | Join
    | Choice
    | Table
    | Series
    | Spread
    | Comparison
    | Opaque
)


def key_before(value: Expression, name: str) -> Text:
    """Give the key that a keyword stands for: it has no literal, so it takes up no bytes."""
    return Text(replace(value.at, end=value.at.start), name)


def dotted(expression: Expression) -> str | None:
    """Write a chain of names and members as `a.b.c`; None for anything else."""
    match expression:
        case Name(name=name):
            return name
        case Member(base=base, name=name):
            head = dotted(base)
            return None if head is None else f"{head}.{name}"
        case _:
            return None
