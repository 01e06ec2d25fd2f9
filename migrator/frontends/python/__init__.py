"""Read and edit Python.

What reads and what edits is loaded when it is asked for: a plan that was kept needs neither.
"""

from __future__ import annotations

from collections.abc import Sequence

from migrator.domain.edit import Change, Splice
from migrator.domain.facts import FileFacts
from migrator.domain.frontend import FrontEnd
from migrator.domain.source import Skipped, SourceFile

LANGUAGE = "python"


def read(source: SourceFile) -> FileFacts | Skipped:
    """Read a file into facts; what is no Python of today gives a `Skipped` with the reason."""
    from migrator.frontends.python._read import read as read_facts

    return read_facts(source)


def lower(source: SourceFile, change: Change) -> Splice | None:
    """Say which bytes make a change; None where Python cannot make it there."""
    from migrator.frontends.python._edit import lower as lower_change

    return lower_change(source, change)


def prove(source: SourceFile, splices: Sequence[Splice], edited: bytes) -> str | None:
    """Give the reason why an edit is not proved to do what it should and no more, or None."""
    from migrator.frontends.python._prove import prove as prove_edit

    return prove_edit(source, splices, edited)


FRONT_END = FrontEnd(
    language=LANGUAGE,
    suffixes=(".py", ".pyw"),
    read=read,
    lower=lower,
    prove=prove,
    module_files=("{}.py", "{}/__init__.py"),
)
