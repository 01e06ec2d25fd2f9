"""State what the core asks of the world; adapters and the tests' fakes answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from migrator.domain.advice import Advice, AdviceRequest
from migrator.domain.facts import FileFacts
from migrator.domain.line_pattern import LinePattern
from migrator.domain.source import Skipped, SourceFile


class Tree(Protocol):
    """The files of a repository or plain folder, named by path relative to its root."""

    def paths(self) -> Sequence[str]:
        """List every file that belongs to the tree, sorted."""

    def read(self, path: str) -> SourceFile | Skipped:
        """Give a file's bytes, or why it is left out; memoised."""

    def glance(self, path: str) -> SourceFile | Skipped:
        """Give what `read` gives, without keeping it for later."""

    def read_made(self, path: str) -> SourceFile | Skipped:
        """Give what `read` gives, also of a file that a tool wrote, however large; not kept.

        Such files are looked up in, and never judged or edited: a lock file tells a version.
        """

    def search(self, patterns: Iterable[LinePattern]) -> Mapping[str, Sequence[int]]:
        """Give the lines on which any of these regular expressions matches, by path, sorted.

        A line ends at LF alone. A file that could not be searched is listed without lines.
        """

    def search_words(self, words: Iterable[str], within: Sequence[str] = ()) -> Sequence[str]:
        """List the paths that hold any of these words as a whole word, sorted.

        With `within`, of the files whose paths match one of these patterns: `*` stands for any
        characters, `/` too, and `[…]` for one of some.
        """


class Advisor(Protocol):
    """A model that words blocks for prompts, when a user asks for one."""

    def advise(self, requests: Sequence[AdviceRequest]) -> Mapping[str, Advice]:
        """Give what is known or was answered, by the key of the request."""


class Facts(Protocol):
    """The one lazy edge of the pipeline: the facts of a file, memoised."""

    def facts(self, path: str) -> FileFacts | Skipped | None:
        """Give a file's facts; None when no front-end reads it or there is no such file."""

    def files(self, named: str, near: str | None) -> tuple[str, ...]:
        """Give the files that a path means, closest first.

        It counts from the root, or from each folder around the file `near`: a program may be
        started in any of them.
        """

    def is_program(self, path: str) -> bool:
        """Tell whether a file is read for its own sake; data and text wait for a program to."""

    def content(self, path: str) -> bytes:
        """Give the bytes of a file whose facts were given; empty for any other."""

    def module(self, dotted: str, near: str) -> str | None:
        """Give the path of a module of this tree, looked up as the file `near` would import it."""
