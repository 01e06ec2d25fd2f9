"""Fit text into a number of terminal cells; colour is laid over whole lines only."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

NARROWEST = 40
_CUT = "..."


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
    """Cut the middle out of a long path, so that its end stays readable."""
    if cells(text) <= room:
        return text
    tail = _take(text[::-1], (room - len(_CUT)) * 2 // 3)[::-1]
    return _take(text, room - len(_CUT) - cells(tail)) + _CUT + tail


def table(lines: Sequence[Sequence[str]], width: int, style: Style = Style.PLAIN) -> list[Row]:
    """Align columns two spaces apart; where a line is too wide its last column goes below."""
    if not lines:
        return []
    widths = [max(cells(each) for each in column) for column in zip(*lines, strict=True)]
    if sum(widths) + 2 * len(widths) <= width:
        return [Row(_aligned(line, widths), 2, style) for line in lines]
    rows: list[Row] = []
    for line in lines:
        rows += (Row(_aligned(line[:-1], widths), 2, style), Row(line[-1], 4))
    return rows


def _aligned(line: Sequence[str], widths: Sequence[int]) -> str:
    padded = (text + " " * (wide - cells(text)) for text, wide in zip(line, widths, strict=False))
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
