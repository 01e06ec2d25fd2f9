"""Read the facts of files on demand: the one lazy edge of a plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from migrator.adapters.bulk_reading import BulkReading
from migrator.adapters.own_libraries import OwnLibraries
from migrator.domain.facts import FileFacts
from migrator.domain.frontend import FrontEnd
from migrator.domain.ports import Tree
from migrator.domain.source import Skipped, SourceFile


@dataclass
class FactsReader:
    """Facts of a tree's files, memoised; remembers which files were opened."""

    tree: Tree
    front_ends: Sequence[FrontEnd]
    bulk: BulkReading = field(default_factory=BulkReading)
    libraries: OwnLibraries = field(default_factory=OwnLibraries)
    opened: dict[str, FileFacts | Skipped | None] = field(default_factory=dict)
    modules: dict[tuple[str, str], str | None] = field(default_factory=dict)

    def facts(self, path: str) -> FileFacts | Skipped | None:
        """Give a file's facts; None when no front-end reads it or there is no such file."""
        if path not in self.opened:
            self.opened[path] = self._read(path)
        return self.opened[path]

    def files(self, named: str, near: str | None) -> tuple[str, ...]:
        """Give the files that a path means, closest first.

        It counts from the root, or from each folder around the file `near`: a program may be
        started in any of them.
        """
        found = (
            _normal(f"{folder}/{named}") for folder in ([""] if near is None else _around(near))
        )
        return tuple(dict.fromkeys(each for each in found if each in self._paths))

    def prepare(self, paths: Iterable[str]) -> None:
        """Read many files at once, as `facts` would read them one after the other."""
        ready: list[str] = []
        wanted: list[tuple[FrontEnd, SourceFile]] = []
        for path in paths:
            found = None if path in self.opened else self._source(path)
            if isinstance(found, tuple):
                self.opened[path] = None  # keeps its place among those opened
                ready.append(path)
                wanted.append(found)
            elif path not in self.opened:
                self.opened[path] = found
        self.opened.update(zip(ready, self.bulk.read(wanted), strict=True))

    def is_program(self, path: str) -> bool:
        """Tell whether a file is read for its own sake; data and text wait for a program to."""
        return path.endswith(self.program_suffixes)

    @property
    def program_suffixes(self) -> tuple[str, ...]:
        """The endings of the names of programs."""
        return tuple(end for each in self.front_ends if each.program for end in each.suffixes)

    def content(self, path: str) -> bytes:
        """Give the bytes of a file whose facts were given; empty for any other."""
        source = self.tree.read(path)
        return source.content if isinstance(source, SourceFile) else b""

    def module(self, dotted: str, near: str) -> str | None:
        """Give the file of a module as `near` would import it.

        The folders around `near` that are no packages themselves, and their `src` folders, are
        tried from the inside out, then the rest of the tree, where the module must be found
        exactly once. So `import openai` in `llms/openai.py` leaves the repository, and so does the
        import of a known library in the repository that publishes it.
        """
        folder = near.rpartition("/")[0]
        key = (dotted, folder)
        if key not in self.modules:
            found = self._find(dotted, folder)
            if found is not None and self.libraries.holds(self.tree, dotted, found, near):
                found = None
            self.modules[key] = found
        return self.modules[key]

    def _read(self, path: str) -> FileFacts | Skipped | None:
        found = self._source(path)
        if not isinstance(found, tuple):
            return found
        front_end, source = found
        return front_end.read(source)

    def _source(self, path: str) -> tuple[FrontEnd, SourceFile] | Skipped | None:
        """Give what reads a file, and its bytes."""
        front_end = next((f for f in self.front_ends if path.endswith(f.suffixes)), None)
        if front_end is None or path not in self._paths:
            return None
        source = self.tree.read(path)
        return source if isinstance(source, Skipped) else (front_end, source)

    def _find(self, dotted: str, folder: str) -> str | None:
        tail = dotted.replace(".", "/")
        names = [pattern.format(tail) for f in self.front_ends for pattern in f.module_files]
        root = folder
        while True:
            for base in () if self._is_package(root) else (root, f"{root}/src" if root else "src"):
                for name in names:
                    path = f"{base}/{name}" if base else name
                    if path in self._paths:
                        return path
            if not root:
                return self._anywhere(names)
            root = root.rpartition("/")[0]

    def _is_package(self, folder: str) -> bool:
        return bool(folder) and any(
            pattern.format(folder) in self._paths
            for each in self.front_ends
            for pattern in each.module_files
            if pattern.startswith("{}/")
        )

    def _anywhere(self, names: Sequence[str]) -> str | None:
        for name in names:
            if "/" not in name:
                continue  # a bare file name says too little outside its own folders
            found = [
                path
                for path in self._by_name.get(_last(name), ())
                if path.endswith(f"/{name}") and not self._is_package(path[: -len(name) - 1])
            ]
            if len(found) == 1:
                return found[0]
        return None

    @cached_property
    def _paths(self) -> frozenset[str]:
        return frozenset(self.tree.paths())

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        suffixes = self.program_suffixes
        index: dict[str, list[str]] = {}
        for path in sorted(self._paths):
            if path.endswith(suffixes):
                index.setdefault(_last(path), []).append(path)
        return index


def _around(path: str) -> Iterator[str]:
    """Yield the folders around a file, from the inside out."""
    while path:
        path = path.rpartition("/")[0]
        yield path


def _normal(path: str) -> str | None:
    """Take `.` and `..` out of a path; None when it leaves the tree."""
    parts: list[str] = []
    for part in path.split("/"):
        if part == ".." and not parts:
            return None
        if part == "..":
            parts.pop()
        elif part not in {"", "."}:
            parts.append(part)
    return "/".join(parts)


def _last(path: str) -> str:
    """Name a module's file by what tells it apart: its folder too when it is a package."""
    head, _, name = path.rpartition("/")
    return f"{head.rpartition('/')[2]}/{name}" if name.startswith("__init__.") else name
