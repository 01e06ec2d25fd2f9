"""Find the string literal that holds a byte range of a file."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from migrator.frontends.python._literals import Chunk, Token, UnscannableError, tokens
from migrator.frontends.python._positions import Positions


@dataclass(frozen=True, slots=True)
class Placement:
    """A stretch of literal text and the token it is written in."""

    chunk: Chunk
    token: Token

    @property
    def span(self) -> tuple[int, int]:
        """The bytes that one node of a concrete syntax tree stands for, quotes included."""
        if self.token.interpolated:
            return self.chunk.start, self.chunk.end
        return self.token.start, self.token.end


def placement(content: bytes, tree: ast.Module, start: int, end: int) -> Placement | None:
    """Find the text of one string token that holds `[start, end)`.

    None for bytes outside every string, across several, or in the code of a replacement field.
    """
    positions = Positions(content)
    literal = _literal_at(tree, positions, start)
    if literal is None:
        return None
    at = positions.at(literal)
    try:
        found = tokens(content, at.start, at.end)
    except UnscannableError:
        return None
    for token in found:
        for piece in token.pieces:
            if isinstance(piece, Chunk) and piece.start <= start and end <= piece.end:
                return Placement(piece, token)
    return None


def _literal_at(tree: ast.Module, positions: Positions, offset: int) -> ast.expr | None:
    line = positions.line(offset)
    pending: list[ast.AST] = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.JoinedStr | ast.Constant):
            at = positions.at(node)
            if at.start <= offset < at.end:
                return node if _is_text(node) else None
        elif not isinstance(node, ast.stmt) or _spans(node, line):
            pending.extend(ast.iter_child_nodes(node))
    return None


def _is_text(node: ast.JoinedStr | ast.Constant) -> bool:
    return isinstance(node, ast.JoinedStr) or isinstance(node.value, str)


def _spans(node: ast.stmt, line: int) -> bool:
    decorators = getattr(node, "decorator_list", ())
    first: int = min([node.lineno, *(each.lineno for each in decorators)])
    return first <= line <= (node.end_lineno or line)
