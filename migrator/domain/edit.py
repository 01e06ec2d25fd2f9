"""Tell a change (what must become different) from an edit (which bytes), and apply edits safely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from migrator.domain.source import Location


class EditKind(StrEnum):
    """The layer an edit belongs to; each layer has commits of its own."""

    MODEL = "model"
    PROMPT = "prompt"
    UNBLOCK = "unblock"


@dataclass(frozen=True, slots=True)
class ReplaceModel:
    """Replace a model id at one reference; `at` spans exactly the id's bytes."""

    path: str
    at: Location
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ReplaceText:
    """Replace a whole text value; `at` spans its literal, quotes included."""

    path: str
    at: Location
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class InsertPrompt:
    """Put words of our own between those of a prompt; nothing of it is taken away.

    `pieces` are its literals or scalars, or the whole of a prompt file, in the order in which they
    are read. `text` is its value as it is now, with `{…}` for what is woven in; `position` counts
    code points of it. `addition` is plain text with lines ending in LF, and holds no sign that a
    quotation or a template gives a meaning to (see `domain.block.PLAIN`), so that only its line
    ends are left to a front-end.
    """

    path: str
    at: Location
    pieces: tuple[Location, ...]
    text: str
    position: int
    addition: str


@dataclass(frozen=True, slots=True)
class RenameArgument:
    """Give the argument whose value stands at `at` another name; `calls` are those that send it.

    An argument is a named one of a call, or an entry of a table. Outside of `calls` it is changed
    only where nothing but these calls can use its table.
    """

    path: str
    at: Location
    before: str
    after: str
    calls: tuple[Location, ...]


@dataclass(frozen=True, slots=True)
class DropArgument:
    """Send the argument `name`, whose literal value stands at `at`, no longer; as above."""

    path: str
    at: Location
    name: str
    calls: tuple[Location, ...]


@dataclass(frozen=True, slots=True)
class AddArgument:
    """Send the text `value` as `name` with the call at `at`; dots in the name nest into tables."""

    path: str
    at: Location
    name: str
    value: str


Change: TypeAlias = (
    ReplaceModel | ReplaceText | InsertPrompt | RenameArgument | DropArgument | AddArgument
)


@dataclass(frozen=True, slots=True)
class Splice:
    """Bytes to put in place of others; `before` must be found at `[start, end)`."""

    start: int
    end: int
    before: bytes
    after: bytes


class SpliceError(ValueError):
    """The bytes at a splice are not the ones it was made for, or two splices overlap."""


def apply_splices(content: bytes, splices: Sequence[Splice]) -> bytes:
    """Give `content` with every splice carried out and all other bytes as they were.

    Raises SpliceError when a splice's `before` is not there or two splices overlap.
    """
    pieces: list[bytes] = []
    done = 0
    for splice in sorted(splices, key=lambda each: (each.start, each.end)):
        if splice.start < done or splice.end < splice.start or splice.end > len(content):
            raise SpliceError(f"splice at byte {splice.start} overlaps another or leaves the file")
        if content[splice.start : splice.end] != splice.before:
            raise SpliceError(f"bytes at {splice.start} are not {splice.before!r}")
        pieces += (content[done : splice.start], splice.after)
        done = splice.end
    pieces.append(content[done:])
    return b"".join(pieces)
