"""Edit and prove documents by their outline: every scalar and mark of a file, in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TypeAlias

from migrator.domain.edit import (
    Change,
    InsertPrompt,
    ReplaceModel,
    Splice,
    SpliceError,
    apply_splices,
)
from migrator.domain.source import SourceFile
from migrator.frontends._document import UnreadableError
from migrator.frontends._insertion import is_grown, lower_insertion


@dataclass(frozen=True, slots=True)
class Leaf:
    """One scalar or mark of a document, at bytes `[start, end)`.

    `shape` is what an edit must leave alone, `value` the text of a scalar that is a string.
    """

    start: int
    end: int
    shape: object
    value: str | None = None


Outline: TypeAlias = Callable[[bytes], tuple[Leaf, ...]]


def lower_in(outline: Outline) -> Callable[[SourceFile, Change], Splice | None]:
    """Make the `lower` of a language of documents from what outlines one."""

    def lower(source: SourceFile, change: Change) -> Splice | None:
        if isinstance(change, InsertPrompt):
            return _inserted(outline, source.content, change)
        if not isinstance(change, ReplaceModel):
            return None  # a document has no calls
        at = change.at
        splice = Splice(at.start, at.end, change.before.encode(), change.after.encode())
        if not splice.before:
            return None
        try:
            after = apply_splices(source.content, (splice,))
        except SpliceError:
            return None
        return None if _difference(outline, source.content, (splice,), after) else splice

    return lower


def _inserted(outline: Outline, content: bytes, change: InsertPrompt) -> Splice | None:
    try:
        return lower_insertion(outline, content, change)
    except (UnreadableError, RecursionError, MemoryError):
        return None


def prove_in(outline: Outline) -> Callable[[SourceFile, Sequence[Splice], bytes], str | None]:
    """Make the `prove` of a language of documents from what outlines one."""

    def prove(source: SourceFile, splices: Sequence[Splice], after: bytes) -> str | None:
        try:
            if apply_splices(source.content, splices) != after:
                return "bytes outside the planned edits changed"
        except SpliceError as error:
            return str(error)
        return _difference(outline, source.content, splices, after)

    return prove


def _difference(
    outline: Outline, before: bytes, splices: Sequence[Splice], after: bytes
) -> str | None:
    """Tell how two versions differ in more than the planned scalars; None when they do not."""
    try:
        old, new = outline(before), outline(after)
    except UnreadableError as error:
        return str(error)
    except (RecursionError, MemoryError):
        return "nested too deep to be proved"
    left = list(splices)
    for ours, theirs in zip_longest(old, new):
        if ours is None or theirs is None or ours.shape != theirs.shape:
            return "the structure of the document changed"
        own = [each for each in left if ours.start <= each.start and each.end <= ours.end]
        if ours.value is None and own:
            return "a planned edit is not inside one string"
        if ours.value is not None and not _is_planned(ours.value, own, theirs.value):
            return "other strings changed than planned"
        left = [each for each in left if each not in own]
    return "a planned edit is not inside one string" if left else None


def _is_planned(value: str, splices: Sequence[Splice], after: str | None) -> bool:
    """Whether a string reads afterwards as its splices say: with text replaced, or words added."""
    if any(not each.before for each in splices):
        return len(splices) == 1 and after is not None and is_grown(value, after)
    return _edited(value, splices) == after


def _edited(value: str, splices: Sequence[Splice]) -> str | None:
    """Give what a string should read afterwards; None when that cannot be told."""
    for splice in splices:
        before = splice.before.decode("utf-8", "replace")
        if value.count(before) != 1:
            return None
        value = value.replace(before, splice.after.decode("utf-8", "replace"))
    return value
