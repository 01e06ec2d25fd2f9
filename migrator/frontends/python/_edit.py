"""Lower a change to the bytes that carry it out."""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import replace
from typing import assert_never

from migrator.domain.edit import (
    AddArgument,
    Change,
    DropArgument,
    InsertPrompt,
    RenameArgument,
    ReplaceModel,
    ReplaceText,
    Splice,
)
from migrator.domain.source import Location, SourceFile
from migrator.frontends.python._argument_edit import add, drop, rename
from migrator.frontends.python._insert import insert
from migrator.frontends.python._literals import Chunk, text_of
from migrator.frontends.python._placement import Placement, placement
from migrator.frontends.python._syntax import tree_of

_ID = re.compile(rb"[A-Za-z0-9][A-Za-z0-9._:/@-]*")


def lower(source: SourceFile, change: Change) -> Splice | None:
    """Give the splice that carries a change out; None where that is not certain."""
    content = source.content
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # invalid escapes are the file's own business
        try:
            return _lowered(content, tree_of(content), change)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


def _lowered(content: bytes, tree: ast.Module, change: Change) -> Splice | None:
    match change:
        case ReplaceModel():
            return _replace_id(content, tree, change)
        case ReplaceText():
            return _replace_text(content, tree, change)
        case InsertPrompt():
            return insert(content, tree, change)
        case RenameArgument():
            return rename(content, tree, change)
        case DropArgument():
            return drop(content, tree, change)
        case AddArgument():
            return add(content, tree, change)
        case _:
            assert_never(change)


def _replace_text(content: bytes, tree: ast.Module, change: ReplaceText) -> Splice | None:
    """Replace all that stands between the quotes of one plain literal."""
    start, end = change.at.start + 1, change.at.end - 1
    if content[start:end] != change.before.encode():
        return None
    inner = Location(change.at.line, change.at.column + 1, start, end)
    return _replace_id(content, tree, ReplaceModel(change.path, inner, change.before, change.after))


def _replace_id(content: bytes, tree: ast.Module, change: ReplaceModel) -> Splice | None:
    """Give the splice that replaces a word inside one string literal.

    None when the word is not there, is not in the text of one `str` token, or is partly an escape
    sequence.
    """
    at = change.at
    before, after = change.before.encode(), change.after.encode()
    if not before or content[at.start : at.end] != before or not _ID.fullmatch(after):
        return None
    place = placement(content, tree, at.start, at.end)
    if place is None or not _only_id_changes(content, place, change):
        return None
    return Splice(at.start, at.end, before, after)


def _only_id_changes(content: bytes, place: Placement, change: ReplaceModel) -> bool:
    """Whether the value of the literal changes in the id alone: no escape reaches into it."""
    token, start, end = place.token, change.at.start, change.at.end
    head = text_of(content, replace(place.chunk, end=start), token)
    tail = text_of(content, replace(place.chunk, start=end), token)
    edited = content[:start] + change.after.encode() + content[end:]
    grown = len(edited) - len(content)
    new = text_of(edited, Chunk(place.chunk.start, place.chunk.end + grown), token)
    old = text_of(content, place.chunk, token)
    return old == head + change.before + tail and new == head + change.after + tail
