"""Turn byte offsets of a file into locations."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from itertools import accumulate

from migrator.domain.source import Location

_LINE_END = re.compile(rb"\r\n|\r|\n")
_NOT_ASCII = re.compile(rb"[\x80-\xff]+")


class Lines:
    r"""The line starts of one file; `starts[n]` is where physical line `n` begins.

    A line ends at `\r`, `\n` or both, and at nothing else. A byte order mark is no column.
    """

    __slots__ = ("content", "starts", "wide")

    def __init__(self, content: bytes) -> None:
        """Find the line starts of `content` and which lines hold characters of several bytes."""
        self.content = content
        first = len(codecs.BOM_UTF8) if content.startswith(codecs.BOM_UTF8) else 0
        self.starts = [-1, first, *_following_starts(content)]
        self.wide: frozenset[int] = frozenset()
        if not content.isascii():
            found = _NOT_ASCII.finditer(content, first)
            self.wide = frozenset(self.line(match.start()) for match in found)

    @property
    def last_line(self) -> int:
        """The number of the last line that holds anything; 1 for an empty file."""
        count = len(self.starts) - 1
        return count - 1 if count > 1 and self.starts[-1] == len(self.content) else count

    def line(self, offset: int) -> int:
        """Give the physical line of a byte offset."""
        return max(1, bisect_right(self.starts, offset) - 1)

    def span(self, start: int, end: int) -> Location:
        """Locate a byte range."""
        line = self.line(start)
        if line in self.wide:
            return Location(line, self.column(line, start), start, end)
        return Location(line, start - self.starts[line] + 1, start, end)

    def column(self, line: int, start: int) -> int:
        """Count the code points before a byte of a line, and one more."""
        return len(self.content[self.starts[line] : start].decode("utf-8", "replace")) + 1


def _following_starts(content: bytes) -> list[int]:
    if b"\r" in content:
        return [match.end() for match in _LINE_END.finditer(content)]
    lengths = [len(line) + 1 for line in content.split(b"\n")]
    lengths.pop()
    return list(accumulate(lengths))
