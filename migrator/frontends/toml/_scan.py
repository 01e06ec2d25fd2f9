"""Find each value of a TOML document with its bytes; `tomllib` has the last word on them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from migrator.domain.expression import Entry, Expression, Opaque, Scalar, Series, Table, Text
from migrator.domain.source import Location
from migrator.frontends._document import UnreadableError, decoded
from migrator.frontends._lines import Lines
from migrator.frontends._outline import Leaf

_GAP = re.compile(rb"(?:[ \t\r\n]|#[^\r\n]*)*")
_KEY = re.compile(rb'[A-Za-z0-9_-]+|"(?:[^"\\\r\n]|\\.)*"|\'[^\'\r\n]*\'')
_TEXT = re.compile(
    rb'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}|\'\'\'(?:[^\']|\'(?!\'\'))*\'{3,5}'
    rb'|"(?:[^"\\\r\n]|\\.)*"|\'[^\'\r\n]*\'',
    re.DOTALL,
)
_OTHER = re.compile(rb"\d{4}-\d\d-\d\d [\d:.+Zz-]+|[^\s,\[\]{}#=]+")


@dataclass
class _Draft:
    """A table in the making, which later headers may add to."""

    at: Location
    entries: dict[str, tuple[Text, _Held]] = field(default_factory=dict)


_Held: TypeAlias = Expression | _Draft | list[_Draft]


class _Scan:
    """One pass over a document that `tomllib` reads."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.content = lines.content
        self.place = lines.starts[1]
        self.leaves: list[Leaf] = []

    def document(self) -> _Draft:
        """Read all of it."""
        root = table = _Draft(self.lines.span(self.place, len(self.content)))
        self._skip()
        while self.place < len(self.content):
            if self._takes(b"["):
                several = self._takes(b"[")
                table = self._opened(root, self._path(), several=several)
                self._expect(b"]]" if several else b"]")
            else:
                self._pair(table)
            self._skip()
        return root

    def _opened(self, root: _Draft, path: list[Text], *, several: bool) -> _Draft:
        *outer, last = path
        table = self._inside(root, outer)
        if not several:
            return self._inside(table, [last])
        found = table.entries.setdefault(last.value, (last, []))[1]
        made = _Draft(last.at)
        if not isinstance(found, list):
            raise UnreadableError("not TOML: a table stands where several do")
        found.append(made)
        return made

    def _inside(self, table: _Draft, path: list[Text]) -> _Draft:
        for key in path:
            found = table.entries.setdefault(key.value, (key, _Draft(key.at)))[1]
            found = found[-1] if isinstance(found, list) else found
            if not isinstance(found, _Draft):
                raise UnreadableError("not TOML: a value stands where a table does")
            table = found
        return table

    def _pair(self, table: _Draft) -> None:
        *outer, last = self._path()
        self._expect(b"=")
        self._inside(table, outer).entries[last.value] = (last, self._value())

    def _path(self) -> list[Text]:
        path = [self._key()]
        while self._takes(b"."):
            path.append(self._key())
        return path

    def _key(self) -> Text:
        start, end = self._matched(_KEY)
        written = self.content[start:end]
        value = _text(written) if written[:1] in b"\"'" else written.decode()
        self.leaves.append(Leaf(start, end, "key", value))
        return Text(self.lines.span(start, end), value)

    def _value(self) -> Expression | _Draft:
        self._skip()
        match self.content[self.place : self.place + 1]:
            case b"[":
                return self._series()
            case b"{":
                return self._inline()
            case b'"' | b"'":
                start, end = self._matched(_TEXT)
                value = _text(self.content[start:end])
                self.leaves.append(Leaf(start, end, "text", value))
                return Text(self.lines.span(start, end), value)
            case _:
                return self._other()

    def _series(self) -> Series:
        start = self.place
        self._expect(b"[")
        items: list[Expression] = []
        while not self._takes(b"]"):
            items.append(_frozen(self._value()))
            self._takes(b",")
        return Series(self.lines.span(start, self.place), tuple(items))

    def _inline(self) -> Table:
        start = self.place
        self._expect(b"{")
        made = _Draft(self.lines.span(start, start))
        while not self._takes(b"}"):
            self._pair(made)
            self._takes(b",")
        made.at = self.lines.span(start, self.place)
        return frozen(made)

    def _other(self) -> Expression:
        start, end = self._matched(_OTHER)
        value = tomllib.loads(f"x = {self.content[start:end].decode()}")["x"]
        self.leaves.append(Leaf(start, end, repr(value)))
        at = self.lines.span(start, end)
        return Scalar(at, value) if isinstance(value, int | float) else Opaque(at, "a date or time")

    def _skip(self) -> None:
        gap = _GAP.match(self.content, self.place)
        self.place = gap.end() if gap else self.place

    def _matched(self, pattern: re.Pattern[bytes]) -> tuple[int, int]:
        self._skip()
        found = pattern.match(self.content, self.place)
        if found is None:
            raise UnreadableError(f"not TOML: line {self.lines.line(self.place)}")
        self.place = found.end()
        return found.span()

    def _takes(self, mark: bytes) -> bool:
        self._skip()
        found = self.content.startswith(mark, self.place)
        if found:
            self.leaves.append(Leaf(self.place, self.place + len(mark), mark))
            self.place += len(mark)
        return found

    def _expect(self, mark: bytes) -> None:
        if not self._takes(mark):
            raise UnreadableError(f"not TOML: line {self.lines.line(self.place)}")


def tree_and_outline(lines: Lines) -> tuple[Table, tuple[Leaf, ...]]:
    """Give the value of a TOML document, and its keys, marks and values in order.

    Raises UnreadableError when it is not TOML, or when `tomllib` reads something else in it.
    """
    try:
        expected = tomllib.loads(decoded(lines.content).replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        raise UnreadableError(f"not TOML: {error}") from error
    scan = _Scan(lines)
    table = frozen(scan.document())
    if not _agrees(table, expected):
        raise UnreadableError("its values cannot be placed for certain")
    return table, tuple(scan.leaves)


def frozen(draft: _Draft) -> Table:
    """Give a table as a value, its tables and series of tables with it."""
    return Table(draft.at, tuple(Entry(key, _frozen(held)) for key, held in draft.entries.values()))


def _frozen(held: _Held) -> Expression:
    match held:
        case _Draft():
            return frozen(held)
        case list():
            return Series(held[0].at, tuple(frozen(each) for each in held))
        case _:
            return held


def _text(written: bytes) -> str:
    quote = written[:1]
    if b"\\" not in written and not written.startswith(quote * 3):
        return written[1:-1].decode()
    return str(tomllib.loads(f"x = {written.decode()}".replace("\r\n", "\n"))["x"])


def _agrees(expression: Expression, value: object) -> bool:
    match expression, value:
        case (Table(entries=entries), dict()):
            ours = {e.key.value: e.value for e in entries if isinstance(e.key, Text)}
            return ours.keys() == value.keys() and all(
                _agrees(each, value[key]) for key, each in ours.items()
            )
        case (Series(items=items), list()):
            return len(items) == len(value) and all(map(_agrees, items, value))
        case (Text(value=ours), str()):
            return ours == value
        case (Scalar(value=ours), int() | float()):
            return repr(ours) == repr(value)
        case (Opaque(), _):
            return not isinstance(value, dict | list | str | int | float)
        case _:
            return False


def texts(leaves: tuple[Leaf, ...]) -> Iterator[tuple[int, int]]:
    """Give the byte ranges of the keys and texts of an outline."""
    return ((each.start, each.end) for each in leaves if each.value is not None)
