"""Show a tree as it would be with some files edited, without writing anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from migrator.domain.line_pattern import LinePattern
from migrator.domain.ports import Tree
from migrator.domain.source import Skipped, SourceFile


@dataclass(frozen=True, slots=True)
class OverlaidTree:
    """A tree in which `edited` holds the bytes of some files.

    What is searched for must be the same before and after the edits: they name no model, import
    nothing and define nothing.
    """

    tree: Tree
    edited: Mapping[str, bytes]

    def paths(self) -> Sequence[str]:
        """List every file that belongs to the tree, sorted."""
        return self.tree.paths()

    def read(self, path: str) -> SourceFile | Skipped:
        """Give a file's edited bytes, else what the tree gives."""
        if path in self.edited:
            return SourceFile(path, self.edited[path])
        return self.tree.read(path)

    def glance(self, path: str) -> SourceFile | Skipped:
        """Give what `read` gives, without keeping it for later."""
        return self.read(path) if path in self.edited else self.tree.glance(path)

    def read_made(self, path: str) -> SourceFile | Skipped:
        """Give what `read` gives, also of a file that a tool wrote."""
        return self.read(path) if path in self.edited else self.tree.read_made(path)

    def search(self, patterns: Iterable[LinePattern]) -> Mapping[str, Sequence[int]]:
        """Give the lines on which any of the patterns matches; none for a file that is edited."""
        found = self.tree.search(patterns)
        return {path: () if path in self.edited else lines for path, lines in found.items()}

    def search_words(self, words: Iterable[str], within: Sequence[str] = ()) -> Sequence[str]:
        """List the paths that hold any of these words as a whole word, sorted."""
        return self.tree.search_words(words, within)
