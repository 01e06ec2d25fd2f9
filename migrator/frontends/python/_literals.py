"""Take string literals apart into text and replacement fields, as bytes.

Syntax trees before Python 3.12 do not place what is inside an interpolated string, so that is
found here, in the same way for every version of Python.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TypeAlias


class UnscannableError(ValueError):
    """The bytes are not the string literals they were taken for."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of literal text, without quotes."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Field:
    """A replacement field; `[start, end)` is its expression.

    `altered` tells that a conversion or format changes the text; `shown_end` is where the echo of
    `{name=}` ends, 0 when there is none; `format` holds the pieces of the format specification.
    """

    start: int
    end: int
    altered: bool
    shown_end: int
    format: tuple[Piece, ...]


Piece: TypeAlias = Chunk | Field


@dataclass(frozen=True, slots=True)
class Token:
    """One string token; `pieces` is its body, one chunk unless it is interpolated."""

    start: int
    end: int
    prefix: str
    quote: bytes
    pieces: tuple[Piece, ...]

    @property
    def interpolated(self) -> bool:
        """Whether braces mean something in it."""
        return "f" in self.prefix


_OPENING = re.compile(rb"([A-Za-z]{0,2})('''|\"\"\"|'|\")")
_BETWEEN = re.compile(rb"(?:[ \t\f\r\n]|\\\r?\n|\\\r|#[^\r\n]*)*")
_BODY = {
    b"'": re.compile(rb"(?:[^\\']|\\.)*", re.DOTALL),
    b'"': re.compile(rb'(?:[^\\"]|\\.)*', re.DOTALL),
    b"'''": re.compile(rb"(?:[^\\']|\\.|'(?!''))*", re.DOTALL),
    b'"""': re.compile(rb'(?:[^\\"]|\\.|"(?!""))*', re.DOTALL),
}
_TEXT_RUN = re.compile(rb"[^{}\\'\"]*")
_CODE_RUN = re.compile(rb"[^()\[\]{}'\"#!:=]*")
_COMMENT = re.compile(rb"[^\r\n]*")
_FORMAT_RUN = re.compile(rb"[^{}]*")
_SHOWN = re.compile(rb"=\s*(?=[!:}])")
_CONVERSION = re.compile(rb"!\s*(\w+)\s*(?=[:}])")
_WORD_BEFORE = re.compile(rb"\w*\Z")
_PREFIXES = frozenset(("", "r", "u", "b", "f", "br", "rb", "fr", "rf", "t", "tr", "rt"))
_SIGNS = re.compile(r"(\\N\{[^}]*\}|\\.)|(\{\{|\}\})|(\")", re.DOTALL)


def tokens(content: bytes, start: int, end: int) -> tuple[Token, ...]:
    """Split `[start, end)` into the string tokens written side by side there.

    Raises UnscannableError when anything else stands there.
    """
    found: list[Token] = []
    while start < end:
        token = _token(content, start)
        found.append(token)
        start = _end(_BETWEEN, content, token.end) if token.end < end else token.end
    if start != end:
        raise UnscannableError("a string literal goes on after its end")
    return tuple(found)


def text_of(content: bytes, chunk: Chunk, token: Token) -> str:
    """Give the value of a chunk of `token`, its escapes and doubled braces resolved."""
    text = content[chunk.start : chunk.end].decode("utf-8")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "r" in token.prefix or "\\" not in text:
        return text.replace("{{", "{").replace("}}", "}") if token.interpolated else text
    text = _SIGNS.sub(lambda sign: _written(sign, token), text)
    try:
        value = ast.literal_eval(f'"""{text}"""')
    except (ValueError, SyntaxError, MemoryError, RecursionError) as error:
        raise UnscannableError("a string literal cannot be evaluated") from error
    return str(value)


def _written(sign: re.Match[str], token: Token) -> str:
    """Write a sign so that it means the same between three double quotes."""
    escape, brace, _ = sign.groups()
    if brace:
        return str(brace[0]) if token.interpolated else str(brace)
    return str(escape or '\\"')


def _end(pattern: re.Pattern[bytes], content: bytes, start: int) -> int:
    match = pattern.match(content, start)
    if match is None:
        raise UnscannableError("a string literal ends early")
    return match.end()


def _token(content: bytes, start: int) -> Token:
    opening = _OPENING.match(content, start)
    if opening is None:
        raise UnscannableError("no string literal starts here")
    prefix, quote = opening[1].decode().lower(), opening[2]
    if prefix not in _PREFIXES:
        raise UnscannableError(f"{prefix} starts no string literal")
    pieces: tuple[Piece, ...]
    if "f" in prefix or "t" in prefix:
        pieces, end = _interpolated(content, opening.end(), quote, raw="r" in prefix)
    else:
        end = _end(_BODY[quote], content, opening.end())
        pieces = (Chunk(opening.end(), end),)
    if not content.startswith(quote, end):
        raise UnscannableError("a string literal has no end")
    return Token(start, end + len(quote), prefix, quote, pieces)


def _interpolated(
    content: bytes, start: int, quote: bytes, *, raw: bool
) -> tuple[tuple[Piece, ...], int]:
    pieces: list[Piece] = []
    position = start
    while True:
        position = _end(_TEXT_RUN, content, position)
        two = content[position : position + 2]
        if content.startswith(quote, position):
            break
        if two[:1] == b"\\":
            position = _past_escape(content, position, raw=raw)
        elif two in (b"{{", b"}}"):
            position += 2
        elif two[:1] == b"{":
            pieces.append(Chunk(start, position))
            field, position = _field(content, position + 1)
            pieces.append(field)
            start = position
        elif two[:1] in (b"'", b'"'):
            position += 1
        else:
            raise UnscannableError("an interpolated string is broken")
    pieces.append(Chunk(start, position))
    return tuple(each for each in pieces if each.start < each.end), position


def _past_escape(content: bytes, position: int, *, raw: bool) -> int:
    if not raw and content.startswith(b"\\N{", position):
        closing = content.find(b"}", position)
        return len(content) if closing < 0 else closing + 1
    return position + (1 if content[position + 1 : position + 2] in (b"{", b"}") else 2)


def _field(content: bytes, start: int) -> tuple[Field, int]:
    position = _code_end(content, start)
    end, shown_end, altered = position, 0, False
    if shown := _SHOWN.match(content, position):
        position = shown_end = shown.end()
    if conversion := _CONVERSION.match(content, position):
        position = conversion.end()
        altered = conversion[1] != b"s"
    inner: tuple[Piece, ...] = ()
    if content[position : position + 1] == b":":
        inner, position = _format(content, position + 1)
        altered = True
    if content[position : position + 1] != b"}":
        raise UnscannableError("a replacement field has no end")
    return Field(start, end, altered or shown_end > 0, shown_end, inner), position + 1


def _format(content: bytes, start: int) -> tuple[tuple[Piece, ...], int]:
    pieces: list[Piece] = []
    while True:
        end = _end(_FORMAT_RUN, content, start)
        if start < end:
            pieces.append(Chunk(start, end))
        if content[end : end + 1] != b"{":
            return tuple(pieces), end
        field, start = _field(content, end + 1)
        pieces.append(field)


def _code_end(content: bytes, start: int) -> int:
    depth = 0
    position = start
    while True:
        position = _end(_CODE_RUN, content, position)
        sign = content[position : position + 1]
        if not sign or (depth == 0 and _closes(content, position)):
            return position
        if sign in (b"'", b'"'):
            position = _past_string(content, start, position)
            continue
        if sign == b"#":
            position = _end(_COMMENT, content, position)
            continue
        depth += (sign in b"([{") - (sign in b")]}")
        position += 2 if content[position : position + 2] in (b"!=", b"==") else 1


def _closes(content: bytes, position: int) -> bool:
    """Whether the expression of a field ends here, outside all its brackets."""
    sign = content[position : position + 1]
    if sign == b"=":
        before = content[position - 1 : position]
        return before not in (b"<", b">") and _SHOWN.match(content, position) is not None
    return sign in (b"}", b":") or (sign == b"!" and content[position + 1 : position + 2] != b"=")


def _past_string(content: bytes, start: int, quote: int) -> int:
    match = _WORD_BEFORE.search(content, max(start, quote - 3), quote)
    word = match[0] if match else b""
    known = word.decode("ascii", "replace").lower() in _PREFIXES
    return _token(content, quote - len(word) if known else quote).end
