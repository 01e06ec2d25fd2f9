"""Define what a language has to bring: one typed constant per front-end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from migrator.domain.edit import Change, Splice
from migrator.domain.facts import FileFacts
from migrator.domain.source import Skipped, SourceFile


@dataclass(frozen=True, slots=True)
class FrontEnd:
    """One language family: bytes to facts, changes to splices, and the proof of an edit.

    `read` never raises for bad input: it gives a `Skipped` with the reason. `lower` gives None
    when this language cannot make the change there. `prove` gets the bytes before, the splices
    and the bytes after, and gives the reason why the edit is not proved, or None. `module_files`
    say which files a dotted module can be: `{}` stands for its path (`{}.py`). `program` is False
    for files of data and text: those are read only when a program reads them.
    """

    language: str
    suffixes: tuple[str, ...]
    read: Callable[[SourceFile], FileFacts | Skipped]
    lower: Callable[[SourceFile, Change], Splice | None]
    prove: Callable[[SourceFile, Sequence[Splice], bytes], str | None]
    module_files: tuple[str, ...] = ()
    program: bool = True
