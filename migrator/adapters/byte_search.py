"""Search bytes with regular expressions where git cannot do it."""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterable
from pathlib import Path

from migrator.domain.line_pattern import LinePattern

_SNIFFED = 8 * 1024


def expression(patterns: Iterable[LinePattern]) -> re.Pattern[bytes]:
    """Make one expression that matches on the lines any pattern does, line anchors per line."""
    return re.compile(either(patterns).encode(), re.MULTILINE)


def either(patterns: Iterable[LinePattern]) -> str:
    """Write one expression of several patterns, in their quick form."""
    return "|".join(f"(?:{each.anchored})" for each in patterns)


def whole_words(words: Iterable[str]) -> LinePattern:
    """Give a pattern that matches any of the words where no letter, digit or `_` adjoins."""
    named = "|".join(re.escape(each) for each in words)
    return LinePattern.of(f"(?<![A-Za-z0-9_])(?:{named})(?![A-Za-z0-9_])")


def matching(root: Path, paths: Iterable[str], wanted: re.Pattern[bytes]) -> tuple[str, ...]:
    """List the paths whose bytes match.

    A file that cannot be opened is listed too, so that whoever reads it learns why; binary files,
    links and files that are gone are not.
    """
    return tuple(path for path in paths if _matches(root / path, wanted))


def matching_lines(
    root: Path, paths: Iterable[str], wanted: re.Pattern[bytes]
) -> dict[str, tuple[int, ...]]:
    """Give the lines that match, by path, of the files that `matching` lists."""
    found: dict[str, tuple[int, ...]] = {}
    for path in paths:
        try:
            lines = _lines(root / path, wanted)
        except OSError:
            found[path] = ()
            continue
        if lines:
            found[path] = lines
    return found


def _lines(place: Path, wanted: re.Pattern[bytes]) -> tuple[int, ...]:
    """Give the numbers of the lines on which matches begin; none for what is not searched."""
    if not _matches(place, wanted):
        return ()
    content = place.read_bytes()
    lines: list[int] = []
    line, done = 1, 0
    for match in wanted.finditer(content):
        line += content.count(b"\n", done, match.start())
        done = match.start()
        if not lines or lines[-1] != line:
            lines.append(line)
    return tuple(lines)


def _matches(place: Path, wanted: re.Pattern[bytes]) -> bool:
    if place.is_symlink():
        return False
    try:
        return place.is_file() and _found(place, wanted)
    except FileNotFoundError:
        return False
    except OSError:
        return True


def _found(place: Path, wanted: re.Pattern[bytes]) -> bool:
    with place.open("rb") as opened:
        head = opened.read(_SNIFFED)
        if not head or b"\0" in head:
            return False
        with mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return wanted.search(content) is not None
