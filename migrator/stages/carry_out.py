"""Turn planned edits into the bytes of files, each proved by the language it is in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from migrator.domain.edit import Splice, SpliceError, apply_splices
from migrator.domain.frontend import FrontEnd
from migrator.domain.plan import PlanEdit
from migrator.domain.source import SourceFile


@dataclass(frozen=True, slots=True)
class Written:
    """A file's bytes before and after a step."""

    before: bytes
    after: bytes


@dataclass(frozen=True, slots=True)
class Unproved:
    """Why edits cannot be carried out."""

    reason: str


def carry_out(
    edits: Sequence[PlanEdit],
    base: Mapping[str, bytes],
    earlier: Sequence[PlanEdit],
    front_ends: Sequence[FrontEnd],
) -> Mapping[str, Written] | Unproved:
    """Give the files that `edits` change, after the `earlier` edits were already made.

    `base` holds the bytes that every edit's offsets count in. A file without a front-end is
    proved by its bytes alone: outside the edits they are those of the base.
    """
    written: dict[str, Written] = {}
    for path in sorted({edit.path for edit in edits}):
        if path not in base:
            return Unproved(f"{path} is not a regular file at HEAD")
        done = _splices(earlier, path)
        splices = (*done, *_splices(edits, path))
        try:
            made = Written(apply_splices(base[path], done), apply_splices(base[path], splices))
        except SpliceError as error:
            return Unproved(f"{path}: {error}")
        if made.after == made.before:
            return Unproved(f"{path}: the edit changes nothing")
        reason = _doubt(SourceFile(path, base[path]), splices, made.after, front_ends)
        if reason:
            return Unproved(f"{path}: {reason}")
        written[path] = made
    return written


def _splices(edits: Sequence[PlanEdit], path: str) -> tuple[Splice, ...]:
    return tuple(
        Splice(edit.start, edit.end, edit.before.encode(), edit.after.encode())
        for edit in edits
        if edit.path == path
    )


def _doubt(
    source: SourceFile, splices: Sequence[Splice], after: bytes, front_ends: Sequence[FrontEnd]
) -> str | None:
    front_end = next((each for each in front_ends if source.path.endswith(each.suffixes)), None)
    return front_end.prove(source, splices, after) if front_end else None
