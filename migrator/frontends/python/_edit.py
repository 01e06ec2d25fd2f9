"""Lower a change to the bytes that carry it out."""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import replace

from migrator.domain.edit import Change, Splice
from migrator.domain.source import SourceFile
from migrator.frontends.python._literals import Chunk, text_of
from migrator.frontends.python._placement import Placement, placement

_ID = re.compile(rb"[A-Za-z0-9][A-Za-z0-9._:/@-]*")


def lower(source: SourceFile, change: Change) -> Splice | None:
    """Give the splice that replaces a model id inside one string literal.

    None when the id is not there, is not in the text of one `str` token, or is partly an escape
    sequence.
    """
    content, at = source.content, change.at
    before, after = change.before.encode(), change.after.encode()
    if not before or content[at.start : at.end] != before or not _ID.fullmatch(after):
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # invalid escapes are the file's own business
        try:
            place = placement(content, ast.parse(content), at.start, at.end)
            if place is None or not _only_id_changes(content, place, change):
                return None
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None
    return Splice(at.start, at.end, before, after)


def _only_id_changes(content: bytes, place: Placement, change: Change) -> bool:
    """Whether the value of the literal changes in the id alone: no escape reaches into it."""
    token, start, end = place.token, change.at.start, change.at.end
    head = text_of(content, replace(place.chunk, end=start), token)
    tail = text_of(content, replace(place.chunk, start=end), token)
    edited = content[:start] + change.after.encode() + content[end:]
    grown = len(edited) - len(content)
    new = text_of(edited, Chunk(place.chunk.start, place.chunk.end + grown), token)
    old = text_of(content, place.chunk, token)
    return old == head + change.before + tail and new == head + change.after + tail
