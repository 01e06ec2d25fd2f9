"""Read and edit Python."""

from __future__ import annotations

from collections.abc import Sequence

from migrator.domain.edit import Change, Splice
from migrator.domain.facts import FileFacts
from migrator.domain.frontend import FrontEnd
from migrator.domain.source import Skipped, SourceFile

LANGUAGE = "python"

# What reads and what edits is loaded when it is asked for: a plan that was kept needs neither.


def _read(source: SourceFile) -> FileFacts | Skipped:
    from migrator.frontends.python._read import read

    return read(source)


def _lower(source: SourceFile, change: Change) -> Splice | None:
    from migrator.frontends.python._edit import lower

    return lower(source, change)


def _prove(source: SourceFile, splices: Sequence[Splice], edited: bytes) -> str | None:
    from migrator.frontends.python._prove import prove

    return prove(source, splices, edited)


FRONT_END = FrontEnd(
    language=LANGUAGE,
    suffixes=(".py", ".pyw"),
    read=_read,
    lower=_lower,
    prove=_prove,
    module_files=("{}.py", "{}/__init__.py"),
)
