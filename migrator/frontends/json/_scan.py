"""Find each value of a JSON text with its bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from migrator.domain.expression import Entry, Expression, Scalar, Series, Table, Text
from migrator.frontends._document import UnreadableError, decoded
from migrator.frontends._lines import Lines
from migrator.frontends._outline import Leaf

_TOKEN = re.compile(
    rb'[ \t\r\n]*(?:([{}\[\],:])|"((?:[^"\\]|\\.)*)"|([^ \t\r\n{}\[\],:"]+))', re.DOTALL
)
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Token:
    """A mark, a string or another scalar at bytes `[start, end)`."""

    start: int
    end: int
    mark: bytes
    value: str | float | bool | None


def tokens(content: bytes) -> Iterator[Token]:
    """Yield the tokens of a JSON text that is valid.

    Raises UnreadableError for any other.
    """
    text = decoded(content)
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableError(f"not JSON: line {error.lineno}: {error.msg}") from error
    except ValueError as error:
        raise UnreadableError(f"not JSON: {error}") from error
    for match in _TOKEN.finditer(content, len(_BOM) if content.startswith(_BOM) else 0):
        kind = match.lastindex or 0
        start, end = match.span(kind)
        if kind == 1:
            yield Token(start, end, match[1], None)
        elif kind == 2:  # noqa: PLR2004
            yield Token(start - 1, end + 1, b'"', _string(match[2]))
        else:
            yield Token(start, end, b"", json.loads(match[3]))


def outline(content: bytes) -> tuple[Leaf, ...]:
    """List the marks and scalars of a JSON text in order.

    Raises UnreadableError when it is not JSON.
    """
    return tuple(
        Leaf(
            each.start,
            each.end,
            each.mark or repr(each.value),
            each.value if isinstance(each.value, str) else None,
        )
        for each in tokens(content)
    )


def tree(lines: Lines) -> Expression:
    """Give the value of a JSON text.

    Raises UnreadableError when it is not JSON.
    """
    found = tokens(lines.content)
    return _value(lines, next(found), found)


def _value(lines: Lines, token: Token, rest: Iterator[Token]) -> Expression:
    if token.mark == b"{":
        return _table(lines, token, rest)
    if token.mark == b"[":
        return _series(lines, token, rest)
    at = lines.span(token.start, token.end)
    return Text(at, token.value) if isinstance(token.value, str) else Scalar(at, token.value)


def _table(lines: Lines, opening: Token, rest: Iterator[Token]) -> Table:
    entries: list[Entry] = []
    token = next(rest)
    while token.mark != b"}":
        if token.mark == b",":
            token = next(rest)
        key = _value(lines, token, rest)
        next(rest)  # the colon
        entries.append(Entry(key, _value(lines, next(rest), rest)))
        token = next(rest)
    return Table(lines.span(opening.start, token.end), tuple(entries))


def _series(lines: Lines, opening: Token, rest: Iterator[Token]) -> Series:
    items: list[Expression] = []
    token = next(rest)
    while token.mark != b"]":
        if token.mark == b",":
            token = next(rest)
        items.append(_value(lines, token, rest))
        token = next(rest)
    return Series(lines.span(opening.start, token.end), tuple(items))


def _string(body: bytes) -> str:
    if b"\\" not in body:
        return body.decode("utf-8")
    return str(json.loads(b'"' + body + b'"'))
