"""Write added words into a string token: on lines of their own, and no longer than others."""

from __future__ import annotations

import io
import re
import tokenize
from dataclasses import dataclass

from migrator.domain.edit import Splice
from migrator.frontends.python._literals import Token
from migrator.frontends.python._positions import Positions

_LIMITS = (79, 88, 100)
_LEAST_ROOM = 30
_INDENT = re.compile(rb"[ \t]*")


@dataclass(frozen=True, slots=True)
class Spot:
    """A byte inside a string token, and the span of the whole expression around it."""

    token: Token
    offset: int
    whole: tuple[int, int]


def spread(content: bytes, spot: Spot, addition: str) -> Splice | None:
    """Give the splice that adds words at a spot; None where a raw string cannot hold them.

    Between three quotes lines are lines. Elsewhere words that make a line too long become strings
    of their own, one below the other, in parentheses where there are none.
    """
    token, offset = spot.token, spot.offset
    if len(token.quote) == 3:  # noqa: PLR2004
        ends = "\r\n" if b"\r\n" in content else "\n"
        return Splice(offset, offset, b"", addition.replace("\n", ends).encode())
    if "r" in token.prefix:
        return None if "\n" in addition else Splice(offset, offset, b"", addition.encode())
    positions = Positions(content)
    limit = _limit(content)
    escaped = addition.replace("\n", "\\n")
    line = positions.line(offset)
    if _length(positions, line) + len(escaped) <= limit:
        return Splice(offset, offset, b"", escaped.encode())
    if _in_brackets(content, positions, token.start):
        return _below(content, positions, spot, addition, limit)
    return _wrapped(content, positions, spot, addition, limit)


def _below(content: bytes, positions: Positions, spot: Spot, addition: str, limit: int) -> Splice:
    """Add strings below the token; what is left of the token's text ends the last of them."""
    token, offset = spot.token, spot.offset
    quote = token.quote.decode()
    indent = _indent(content, positions, token)
    end = token.end - len(token.quote)
    ends = "\r\n" if b"\r\n" in content else "\n"
    strings = _strings(addition, limit - len(indent.expandtabs()) - 2)
    lines = [f"{ends}{indent}{quote}{each}{quote}" for each in strings]
    if offset == end:
        return Splice(token.end, token.end, b"", "".join(lines).encode())
    lines[-1] = f"{ends}{indent}{_prefix(content, token)}{quote}{strings[-1]}"
    return Splice(offset, offset, b"", (quote + "".join(lines)).encode())


def _prefix(content: bytes, token: Token) -> str:
    """Give the prefix of a token as it is written."""
    return content[token.start : token.start + len(token.prefix)].decode()


def _wrapped(content: bytes, positions: Positions, spot: Spot, addition: str, limit: int) -> Splice:
    """Put the expression into parentheses, each string on a line of its own."""
    start, end = spot.whole
    line = positions.line(start)
    last = spot.token.end == end and spot.offset == end - len(spot.token.quote)
    if line != positions.line(end) or not last:
        return Splice(spot.offset, spot.offset, b"", addition.replace("\n", "\\n").encode())
    ends = "\r\n" if b"\r\n" in content else "\n"
    outer = _leading(content, positions, line)
    step = "\t" if "\t" in outer else "    "
    inner = outer + step
    quote = spot.token.quote.decode()
    strings = _strings(addition, limit - len(inner.expandtabs()) - 2)
    added = "".join(f"{ends}{inner}{quote}{each}{quote}" for each in strings)
    old = content[start:end].decode()
    return Splice(start, end, old.encode(), f"({ends}{inner}{old}{added}{ends}{outer})".encode())


def _strings(addition: str, room: int) -> list[str]:
    """Cut words into the bodies of strings: at line ends, and at blanks where a line is long."""
    bodies: list[str] = []
    lead = addition[: len(addition) - len(addition.lstrip("\n"))]
    lines = addition[len(lead) :].split("\n")
    for number, line in enumerate(lines):
        ending = "\\n" if number < len(lines) - 1 else ""
        body = ("\\n" * len(lead) if number == 0 else "") + line + ending
        if bodies and not line:
            bodies[-1] += ending
        else:
            bodies += _cut(body, max(room, _LEAST_ROOM))
    return bodies


def _cut(body: str, room: int) -> list[str]:
    cut: list[str] = []
    while len(body) > room:
        at = body.rfind(" ", 1, room)
        if at < 1:
            break
        cut.append(body[: at + 1])
        body = body[at + 1 :]
    return [*cut, body]


def _indent(content: bytes, positions: Positions, token: Token) -> str:
    """Give the indentation of a string below a token: its own column, or that of its line."""
    line = positions.line(token.start)
    start = positions.starts[line]
    before = content[start : token.start].decode("utf-8", "replace")
    if not before.strip():
        return before
    leading = _leading(content, positions, line)
    opens = re.fullmatch(r"\s*[\w\"']+\s*[=:]\s*", before)
    return leading if opens else leading + ("\t" if "\t" in leading else "    ")


def _leading(content: bytes, positions: Positions, line: int) -> str:
    found = _INDENT.match(content, positions.starts[line])
    return found[0].decode() if found else ""


def _limit(content: bytes) -> int:
    """Guess the length that the file's lines keep to."""
    longest = max(map(len, content.decode("utf-8", "replace").splitlines()), default=0)
    return next((each for each in _LIMITS if longest <= each), _LIMITS[-1])


def _length(positions: Positions, line: int) -> int:
    start = positions.starts[line]
    text = positions.content[start:].partition(b"\n")[0]
    return len(text.decode("utf-8", "replace").rstrip("\r"))


def _in_brackets(content: bytes, positions: Positions, offset: int) -> bool:
    """Whether brackets stand open around a byte, so that a line may end there."""
    line = positions.line(offset)
    column = len(content[positions.starts[line] : offset].decode("utf-8", "replace"))
    depth = 0
    text = content.decode("utf-8", "replace").removeprefix("\ufeff")
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.start >= (line, column):
                return depth > 0
            if token.type == tokenize.OP:
                depth += (token.string in "([{") - (token.string in ")]}")
    except (tokenize.TokenError, SyntaxError):
        return False
    return False
