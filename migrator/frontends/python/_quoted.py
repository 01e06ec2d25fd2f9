"""Find the strings and comments of a Python file, and the fields of its f-strings, by scanning."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    rb"(?P<comment>#[^\n]*)|(?P<prefix>[A-Za-z]{0,2})(?P<quote>\"\"\"|'''|\"|')|\w+|[^#\"'\w]+"
)
_NAMED = re.compile(rb"\\N\{[^}\n]*\}")
_OPENING, _CLOSING = b"([{", b")]}"
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Field:
    """What stands between the braces of an f-string's field, by bytes."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quoted:
    """A string, or a comment without `quote`, by bytes; what lies in a field is not told apart."""

    start: int
    end: int
    quote: bytes = b""
    fields: tuple[Field, ...] = ()


def quoted_in(content: bytes) -> Iterator[Quoted]:
    """Give the strings and comments of a file in order; those that do not end go to its end."""
    at = 0
    while at < len(content):
        token = _TOKEN.match(content, at)
        if token is None:
            return
        at = token.end()
        if token["comment"] is not None:
            yield Quoted(token.start(), at)
        elif token["quote"] is not None:
            fields: list[Field] = []
            named = b"f" in token["prefix"].lower()
            at = _end(content, at, token["quote"], fields if named else None, 0)
            yield Quoted(token.start(), at, token["quote"], tuple(fields))


def _end(content: bytes, at: int, quote: bytes, fields: list[Field] | None, depth: int) -> int:
    """Give where a string ends whose text begins at `at`, and note the fields of an f-string."""
    while at < len(content):
        letter = content[at : at + 1]
        if content.startswith(quote, at):
            return at + len(quote)
        if letter == b"\n" and len(quote) == 1:
            return at
        if letter == b"\\":
            named = _NAMED.match(content, at) if fields is not None else None
            at = named.end() if named else at + 2
        elif letter == b"{" and fields is not None and not content.startswith(b"{{", at):
            end = _field_end(content, at + 1, depth + 1)
            fields.append(Field(at + 1, end))
            at = end + 1
        else:
            at += 2 if fields is not None and content.startswith((b"{{", b"}}"), at) else 1
    return len(content)


def _field_end(content: bytes, at: int, depth: int) -> int:
    """Give where a field's closing brace stands."""
    opened = 0
    while at < len(content) and depth <= _DEEPEST:
        letter = content[at : at + 1]
        token = _TOKEN.match(content, at)
        if letter in _CLOSING and letter == b"}" and opened == 0:
            return at
        if token is not None and token["quote"] is not None:
            inner: list[Field] | None = [] if b"f" in token["prefix"].lower() else None
            at = _end(content, token.end(), token["quote"], inner, depth)
            continue
        if token is not None and token["comment"] is not None:
            at = token.end()
            continue
        opened += (letter in _OPENING) - (letter in _CLOSING)
        at += 1
    return len(content)
