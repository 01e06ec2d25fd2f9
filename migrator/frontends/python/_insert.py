"""Put words of our own into a prompt that stands in Python."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from migrator.domain.edit import InsertPrompt, Splice, apply_splices
from migrator.frontends.python._literals import Chunk, Token, UnscannableError, text_of, tokens
from migrator.frontends.python._positions import Positions
from migrator.frontends.python._prove_words import prove_words
from migrator.frontends.python._spread import Spot, spread

HOLE = "{…}"
_UNIT = re.compile(
    r"\\N\{[^}]*\}|\\x[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}|\\[0-7]{1,3}"
    r"|\\\r\n|\\.|\r\n|\{\{|\}\}|.",
    re.DOTALL,
)
_RAW_UNIT = re.compile(r"\r\n|\{\{|\}\}|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Text:
    """A stretch of literal text; `value` is what it reads as."""

    token: Token
    chunk: Chunk
    value: str


def insert(content: bytes, tree: ast.Module, change: InsertPrompt) -> Splice | None:
    """Give the splice that adds the words, proved on its own; None where that is not certain.

    Raises UnscannableError or SyntaxError for what cannot be read as literals.
    """
    node = _node_at(tree, Positions(content), change.at.start, change.at.end)
    if node is None:
        return None
    parts = list(_parts(content, Positions(content), node))
    if "".join(HOLE if each is None else each.value for each in parts) != change.text:
        return None
    found = _at(parts, change.position)
    if found is None:
        return None
    text, inside = found
    offset = _byte_at(content, text, inside)
    if offset is None:
        return None
    whole = Positions(content).at(node)
    spot = Spot(text.token, offset, (whole.start, whole.end))
    splice = spread(content, spot, change.addition)
    if splice is None or prove_words(content, splice, apply_splices(content, (splice,))):
        return None
    return splice


def _node_at(tree: ast.Module, positions: Positions, start: int, end: int) -> ast.expr | None:
    line = positions.line(start)
    pending: list[ast.AST] = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Constant | ast.JoinedStr | ast.BinOp):
            at = positions.at(node)
            if (at.start, at.end) == (start, end):
                return node
        if isinstance(node, ast.stmt) and not node.lineno <= line <= (node.end_lineno or line):
            continue
        pending.extend(ast.iter_child_nodes(node))
    return None


def _parts(content: bytes, positions: Positions, node: ast.expr) -> Iterator[_Text | None]:
    """Give the texts that an expression is joined from; None for each that is woven in."""
    operands = [node]
    while operands:
        each = operands.pop()
        match each:
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                operands += (right, left)
            case ast.Constant(value=str()) | ast.JoinedStr():
                at = positions.at(each)
                for token in tokens(content, at.start, at.end):
                    for piece in token.pieces:
                        if isinstance(piece, Chunk):
                            yield _Text(token, piece, text_of(content, piece, token))
                        else:
                            yield None
            case _:
                yield None


def _at(parts: list[_Text | None], position: int) -> tuple[_Text, int] | None:
    """Find the text that holds the words before a position."""
    start = 0
    for each in parts:
        value = HOLE if each is None else each.value
        if start < position <= start + len(value):
            return None if each is None else (each, position - start)
        start += len(value)
    return None


def _byte_at(content: bytes, text: _Text, inside: int) -> int | None:
    """Give the byte behind the first `inside` characters of a text."""
    written = content[text.chunk.start : text.chunk.end].decode("utf-8")
    pattern = _RAW_UNIT if "r" in text.token.prefix else _UNIT
    done = ""
    for unit in pattern.finditer(written):
        if len(done) >= inside:
            break
        head = len(written[: unit.end()].encode())
        chunk = Chunk(text.chunk.start, text.chunk.start + head)
        try:
            done = text_of(content, chunk, text.token)
        except UnscannableError:
            return None
    else:
        unit = None
    end = len(written if unit is None else written[: unit.start()])
    offset = text.chunk.start + len(written[:end].encode())
    before = text_of(content, Chunk(text.chunk.start, offset), text.token)
    return offset if before == text.value[:inside] else None
