"""Find `migrate:` comments and the line each speaks of."""

from __future__ import annotations

import re
import tokenize

from migrator.domain.facts import Pragma
from migrator.frontends._document import PRAGMA
from migrator.frontends.python._positions import Positions


def read_pragmas(positions: Positions) -> tuple[Pragma, ...]:
    """List the pragmas in comments; the same words inside a string literal are none."""
    content = positions.content
    if b"migrate:" not in content:
        return ()
    text = content[positions.starts[1] :].decode("utf-8")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    numbered = iter([f"{line}\n" for line in lines])
    found = tokenize.generate_tokens(lambda: next(numbered, ""))
    try:
        return tuple(
            _pragma(positions, lines, token, match)
            for token in found
            if token.type == tokenize.COMMENT and (match := PRAGMA.search(token.string))
        )
    except (tokenize.TokenError, SyntaxError):
        return ()


def _pragma(
    positions: Positions, lines: list[str], token: tokenize.TokenInfo, match: re.Match[str]
) -> Pragma:
    row, column = token.start
    line = lines[row - 1]
    first = positions.starts[row]
    start = first + len(line[: column + match.start()].encode())
    end = first + len(line[: column + match.end()].encode())
    alone = not line[:column].strip()
    return Pragma(
        at=positions.span(start, end),
        verb=match["verb"],
        rule=match["rule"] or "",
        reason=(match["reason"] or "").strip(),
        target_line=_next_code(lines, row) if alone else row,
    )


def _next_code(lines: list[str], row: int) -> int:
    """Find the next line that is neither blank nor a comment; the pragma's own if there is none."""
    for number, line in enumerate(lines[row:], row + 1):
        stripped = line.strip()
        if stripped and not stripped.startswith("#"):
            return number
    return row
