"""Name the places of a repository: files, locations inside them and why one was left out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line of a repository; `path` is repository-relative with `/`, line and column count from 1.

    The column counts code points, not bytes.
    """

    path: str
    line: int
    column: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A stretch inside one file: where it starts, and its half-open byte range."""

    line: int
    column: int
    start: int
    end: int

    def within(self, path: str) -> Place:
        """Give the place of this location in the file at `path`."""
        return Place(path, self.line, self.column)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file's bytes exactly as read."""

    path: str
    content: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True, order=True)
class Skipped:
    """A file that was not read, and why; `unread` tells a failure from a deliberate choice."""

    path: str
    reason: str
    unread: bool = False


def last_line(content: bytes, at: Location) -> int:
    """Give the line of the last byte of a stretch that is not white space, as `locate` counts."""
    text = content[at.start : at.end].rstrip()
    return at.line + _breaks(text)


def _breaks(text: bytes) -> int:
    return text.count(b"\n") + text.count(b"\r") - text.count(b"\r\n")


def locate(content: bytes, start: int, end: int) -> Location:
    """Give the location of a byte range; `start` must not lie inside a code point.

    Lines end at LF, CR LF or a lone CR, as a compiler counts them; a byte order mark has no
    column.
    """
    head = content[:start]
    line = _breaks(head) + 1
    begin = max(head.rfind(b"\n"), head.rfind(b"\r")) + 1
    text = head[begin:].removeprefix(b"\xef\xbb\xbf" if begin == 0 else b"\x00\x00\x00\x00")
    return Location(line, len(text.decode("utf-8", "replace")) + 1, start, end)
