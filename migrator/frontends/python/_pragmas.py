"""Find comments that speak to this tool, or of keeping a line, and the line each speaks of."""

from __future__ import annotations

import tokenize

from migrator.domain.facts import Pragma
from migrator.frontends._document import Said, said_in, speaks
from migrator.frontends.python._positions import Positions


def read_pragmas(positions: Positions) -> tuple[Pragma, ...]:
    """List the pragmas and remarks in comments; the same words inside a string literal are none."""
    content = positions.content
    if not speaks(content):
        return ()
    text = content[positions.starts[1] :].decode("utf-8")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    numbered = iter([f"{line}\n" for line in lines])
    found = tokenize.generate_tokens(lambda: next(numbered, ""))
    try:
        return tuple(
            _pragma(positions, lines, token, said)
            for token in found
            if token.type == tokenize.COMMENT and (said := said_in(token.string))
        )
    except (tokenize.TokenError, SyntaxError):
        return ()


def _pragma(
    positions: Positions, lines: list[str], token: tokenize.TokenInfo, said: Said
) -> Pragma:
    row, column = token.start
    line = lines[row - 1]
    first = positions.starts[row]
    start = first + len(line[: column + said.start].encode())
    end = first + len(line[: column + said.end].encode())
    alone = not line[:column].strip()
    return Pragma(
        at=positions.span(start, end),
        verb=said.verb,
        rule=said.rule,
        reason=said.reason,
        target_line=_next_code(lines, row) if alone else row,
    )


def _next_code(lines: list[str], row: int) -> int:
    """Find the next line that is neither blank nor a comment; the pragma's own if there is none."""
    for number, line in enumerate(lines[row:], row + 1):
        stripped = line.strip()
        if stripped and not stripped.startswith("#"):
            return number
    return row
