"""Show changed files as one unified diff that git can read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import unified_diff

_NO_NEWLINE = "\n\\ No newline at end of file\n"


def diff_files(files: Iterable[tuple[str, bytes, bytes]]) -> str:
    """Give the diff of files, each as path, bytes before and bytes after."""
    return "".join(line for path, before, after in files for line in _diff(path, before, after))


def _diff(path: str, before: bytes, after: bytes) -> Iterator[str]:
    lines = unified_diff(_lines(before), _lines(after), f"a/{path}", f"b/{path}")
    return (line if line.endswith("\n") else line + _NO_NEWLINE for line in lines)


def _lines(content: bytes) -> list[str]:
    # Only a line feed ends a line for git; str.splitlines knows many more ends.
    pieces = content.decode("utf-8", "replace").split("\n")
    return [piece + "\n" for piece in pieces[:-1]] + [piece for piece in pieces[-1:] if piece]
