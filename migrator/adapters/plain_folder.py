"""Read a plain folder, with no git around it, as a tree of files."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from fnmatch import translate
from pathlib import Path

from migrator.adapters.byte_search import expression, matching, matching_lines, whole_words
from migrator.adapters.file_reading import FilesBelow
from migrator.domain.line_pattern import LinePattern
from migrator.domain.source import Skipped, SourceFile

_NOT_ENTERED = frozenset(
    {
        ".eggs",
        ".git",
        ".hg",
        ".hypothesis",
        ".mypy_cache",
        ".nox",
        ".pytest_cache",
        ".ruff_cache",
        ".svn",
        ".tox",
        ".venv",
        "__pycache__",
        "node_modules",
        "site-packages",
        "venv",
    }
)


class PlainFolder:
    """Every file under a folder but those of caches, environments and installed packages."""

    def __init__(self, root: Path) -> None:
        """Take the folder; nothing is read before it is asked for."""
        self._root = root
        self._listing: tuple[str, ...] | None = None
        self._closed: frozenset[str] = frozenset()
        self._files = FilesBelow(root)
        self._memo: dict[str, SourceFile | Skipped] = {}

    def paths(self) -> Sequence[str]:
        """List every file, sorted; a folder that cannot be listed stands for what is in it."""
        if self._listing is None:
            closed: list[str] = []
            found = sorted(self._walk(closed))
            self._closed = frozenset(closed)
            self._listing = tuple(sorted({*found, *closed}))
        return self._listing

    def read(self, path: str) -> SourceFile | Skipped:
        """Give a file's bytes, or why it is left out."""
        if path not in self._memo:
            self._memo[path] = self._read(path)
        return self._memo[path]

    def glance(self, path: str) -> SourceFile | Skipped:
        """Give what `read` gives, without keeping it."""
        return self._memo[path] if path in self._memo else self._read(path)

    def read_made(self, path: str) -> SourceFile | Skipped:
        """Give what `read` gives, also of a file that a tool wrote."""
        return self._files.read(path, made=True)

    def search(self, patterns: Iterable[LinePattern]) -> Mapping[str, Sequence[int]]:
        """Give the lines that match any of the patterns, by path, sorted."""
        wanted = tuple(patterns)
        if not wanted:
            return {}
        found = matching_lines(self._root, self.paths(), expression(wanted))
        return dict(sorted({**found, **dict.fromkeys(self._closed, ())}.items()))

    def search_words(self, words: Iterable[str], within: Sequence[str] = ()) -> Sequence[str]:
        """List the paths, of those that match a pattern if any is given, that hold a whole word."""
        wanted = tuple(each for each in words if each)
        if not wanted:
            return ()
        meant = re.compile("|".join(map(translate, within)))
        paths = [path for path in self.paths() if meant.match(path)]
        return self._matching(expression([whole_words(wanted)]), paths)

    def _matching(self, wanted: re.Pattern[bytes], within: Sequence[str]) -> tuple[str, ...]:
        found = matching(self._root, within, wanted)
        return tuple(sorted({*found, *self._closed}))

    def _read(self, path: str) -> SourceFile | Skipped:
        if path in self._closed:
            return Skipped(path, "folder cannot be listed", unread=True)
        if not _is_text(path):
            return Skipped(path, "its name is not UTF-8")
        return self._files.read(path)

    def _walk(self, closed: list[str]) -> Iterable[str]:
        def note(error: OSError) -> None:
            closed.append(self._relative(str(error.filename)))

        for folder, folders, names in os.walk(self._root, onerror=note):
            folders[:] = [each for each in folders if self._enters(folder, each)]
            for name in names:
                yield self._relative(str(Path(folder) / name))

    def _enters(self, folder: str, name: str) -> bool:
        return name not in _NOT_ENTERED and not (Path(folder) / name / "pyvenv.cfg").exists()

    def _relative(self, place: str) -> str:
        return Path(place).relative_to(self._root).as_posix()


def _is_text(path: str) -> bool:
    return not any("\ud800" <= each <= "\udfff" for each in path)
