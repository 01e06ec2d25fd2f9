"""Fit text into a number of terminal cells; colour is laid over whole lines only."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from migrator.domain.wording import listed, plural

NARROWEST = 40
_CUT = "..."
Item = TypeVar("Item")


class Style(Enum):
    """How a row stands out when colour is on; the value is an SGR parameter of ECMA-48."""

    PLAIN = ""
    HEADING = "1"
    COMMAND = "36"
    FAINT = "2"


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph: it starts at `indent` cells and goes on two cells further right."""

    text: str
    indent: int = 2
    style: Style = Style.PLAIN


BLANK = Row("", 0)


@dataclass(frozen=True, slots=True)
class Room:
    """How much a screen may show: `width` in cells, and the `most` lines that a list may have."""

    width: int
    most: int


def cut(items: Iterable[Item], room: Room) -> list[Item]:
    """Give as many as the room takes; a single one beyond that needs no more than its notice."""
    every = list(items)
    return every if len(every) <= room.most + 1 else every[: room.most]


def more(count: int, room: Room, noun: str) -> Iterator[Row]:
    """Say how many of `count` a list left out, if any."""
    if count > room.most + 1:
        yield Row(f"and {plural(count - room.most, f'more {noun}')}")


def heading(text: str) -> Row:
    """Make the row that opens a section."""
    return Row(text, 0, Style.HEADING)


def draw(rows: Iterable[Row], width: int, *, colour: bool) -> str:
    """Lay rows out so that no line is wider than `width` cells."""
    lines = [
        _paint(line, row.style) if colour else line for row in rows for line in fold(row, width)
    ]
    return "\n".join(lines) + "\n"


def fold(row: Row, width: int) -> list[str]:
    """Break a row into lines; one that fits keeps its inner spaces, so that columns stay."""
    if cells(row.text) + row.indent <= width:
        return [(" " * row.indent + row.text).rstrip()]
    lines: list[str] = []
    current = " " * row.indent
    further = " " * (row.indent + 2)
    for word in _pieces(row.text.split(), width - len(further)):
        glued = word if not current.strip() else f" {word}"
        if current.strip() and cells(current) + cells(glued) > width:
            lines.append(current)
            current, glued = further, word
        current += glued
    return [*lines, current]


def shorten(text: str, room: int) -> str:
    """Leave folders out of the middle of a long path, or letters where that is not enough."""
    if cells(text) <= room:
        return text
    first, *folders = text.split("/")
    tails = [(_CUT, *folders[index:]) for index in range(len(folders))]
    for kept in (*((first, *tail) for tail in tails[1:]), *tails):
        shorter = "/".join(kept)
        if cells(shorter) <= room:
            return shorter
    tail = _take(text[::-1], (room - len(_CUT)) * 2 // 3)[::-1]
    return _take(text, room - len(_CUT) - cells(tail)) + _CUT + tail


def one_line(items: Iterable[str], width: int) -> str:
    """List as many different items as one line takes, at least one, and count the others."""
    every = tuple(dict.fromkeys(items))
    left = width - (len(" and 1000 more") if len(every) > 1 else 0)
    names = tuple(dict.fromkeys(shorten(each, left) for each in every))
    fitting = [most for most in range(1, len(names) + 1) if cells(listed(names, most)) <= width]
    return listed(names, max(fitting, default=1))


def placed(text: str, places: Iterable[str], width: int) -> Iterator[Row]:
    """Put places behind a text where that takes no line of its own, else below it."""
    where = one_line(places, width - 4)
    joined = Row(f"{text} {where}")
    if len(fold(joined, width)) == len(fold(Row(text), width)):
        yield joined
    else:
        yield Row(text)
        yield Row(where, 4)


def table(lines: Sequence[Sequence[str]], width: int, style: Style = Style.PLAIN) -> list[Row]:
    """Align columns two spaces apart; where a line is too wide its last column goes below."""
    if not lines:
        return []
    widths = [max(cells(each) for each in column) for column in zip(*lines, strict=True)][:-1]
    heads = [_aligned(line[:-1], widths) for line in lines]
    ends = [line[-1] for line in lines]
    fits = [cells(head) + cells(end) + 4 <= width for head, end in zip(heads, ends, strict=True)]
    start = max((cells(head) for head, good in zip(heads, fits, strict=True) if good), default=0)
    rows: list[Row] = []
    for head, end in zip(heads, ends, strict=True):
        if cells(head) <= start and start + cells(end) + 4 <= width:
            rows.append(Row(_aligned((head, end), (start, 0)), 2, style))
        else:
            rows += (Row(head, 2, style), Row(end, 4))
    return rows


def _aligned(texts: Sequence[str], widths: Sequence[int]) -> str:
    padded = (text + " " * (wide - cells(text)) for text, wide in zip(texts, widths, strict=True))
    return "  ".join(padded).rstrip()


def cells(text: str) -> int:
    """Count the terminal cells a text takes: East Asian wide characters take two."""
    return len(text) if text.isascii() else sum(_cell(each) for each in text)


def _cell(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _take(text: str, room: int) -> str:
    taken = ""
    for character in text:
        if cells(taken) + _cell(character) > room:
            break
        taken += character
    return taken


def _pieces(words: Iterable[str], room: int) -> Iterable[str]:
    for word in words:
        rest = word
        while cells(rest) > room:
            piece = _take(rest, room)
            yield piece
            rest = rest[len(piece) :]
        yield rest


def _paint(line: str, style: Style) -> str:
    return f"\x1b[{style.value}m{line}\x1b[0m" if style.value and line else line
