"""Lower interpolated strings, and types that are written as strings."""

from __future__ import annotations

import ast
import re

from migrator.domain.expression import Expression, Join, Name, Opaque, Text
from migrator.domain.facts import Use
from migrator.domain.source import Location
from migrator.frontends.python._literals import (
    Chunk,
    Field,
    Piece,
    Token,
    UnscannableError,
    text_of,
    tokens,
)
from migrator.frontends.python._reading import Reading
from migrator.frontends.python._spot import Spot, inside

_TYPE = re.compile(r"[A-Za-z_][\w.]*(?: ?[\[|][\w.\[\], |'\"]*)?")
_QUOTED = re.compile(rb"['\"]{1,3}")


def lower_joined(reading: Reading, node: ast.JoinedStr, spot: Spot) -> Expression:
    """Lower an interpolated string and the strings beside it to the parts it is joined from."""
    at = reading.at(node)
    try:
        literal = tokens(reading.content, at.start, at.end)
        texts = _texts(reading, literal)
    except UnscannableError:
        literal, texts = (), []
    part = inside(spot, Use.PART)
    if texts != _expected(node):
        return _unplaced(reading, node, at, part)
    if len(texts) == 1:
        reading.found_string(at, texts[0], spot)
        return Text(at, texts[0])
    fields = iter([each for each in node.values if isinstance(each, ast.FormattedValue)])
    parts: list[Expression] = []
    for token in literal:
        for piece in token.pieces:
            if isinstance(piece, Field):
                parts.append(_field(reading, piece, next(fields), part))
            else:
                parts.append(_chunk(reading, piece, token, part))
    return Join(at, tuple(parts))


def _texts(reading: Reading, literal: tuple[Token, ...]) -> list[str]:
    """List the texts before, between and after the fields."""
    texts = [""]
    for token in literal:
        for piece in token.pieces:
            if isinstance(piece, Chunk):
                texts[-1] += text_of(reading.content, piece, token)
                continue
            if piece.shown_end:
                shown = Chunk(piece.start, piece.shown_end)
                texts[-1] += text_of(reading.content, shown, Token(0, 0, "r", b'"', ()))
            texts.append("")
    return texts


def _expected(node: ast.JoinedStr) -> list[str]:
    texts = [""]
    for value in node.values:
        if isinstance(value, ast.Constant):
            texts[-1] += str(value.value)
        else:
            texts.append("")
    return texts


def _unplaced(reading: Reading, node: ast.JoinedStr, at: Location, spot: Spot) -> Expression:
    """Lower a string that could not be taken apart: its text is kept, placed at the whole."""
    parts: list[Expression] = []
    for value in node.values:
        if isinstance(value, ast.Constant):
            reading.found_string(at, str(value.value), spot)
            parts.append(Text(at, str(value.value)))
        else:
            parts.append(Opaque(at, "interpolation"))
    return Join(at, tuple(parts))


def _chunk(reading: Reading, piece: Chunk, token: Token, spot: Spot) -> Expression:
    whole = not token.interpolated
    span = (token.start, token.end) if whole else (piece.start, piece.end)
    at = reading.positions.span(*span)
    value = text_of(reading.content, piece, token)
    reading.found_string(at, value, spot)
    return Text(at, value)


def _field(reading: Reading, piece: Field, node: ast.FormattedValue, spot: Spot) -> Expression:
    value = _value(reading, piece, node.value, spot)
    if not piece.altered:
        return value
    inner = [value, *_format(reading, piece.format, node, spot)]
    return Opaque(value.at, "format", tuple(inner))


def _format(
    reading: Reading, pieces: tuple[Piece, ...], node: ast.FormattedValue, spot: Spot
) -> list[Expression]:
    specification = node.format_spec
    values = specification.values if isinstance(specification, ast.JoinedStr) else []
    fields = [each for each in values if isinstance(each, ast.FormattedValue)]
    found = [each for each in pieces if isinstance(each, Field)]
    if len(fields) != len(found):
        return []
    return [_field(reading, *each, spot) for each in zip(found, fields, strict=True)]


def _value(reading: Reading, piece: Field, node: ast.expr, spot: Spot) -> Expression:
    """Lower the expression of a field, read again from its own bytes so that it is placed."""
    text = reading.content[piece.start : piece.end]
    start = piece.start + len(text) - len(text.lstrip())
    if isinstance(node, ast.Name) and text.strip() == node.id.encode():
        name = reading.renamed.get(node.id, node.id)
        return Name(reading.positions.span(start, start + len(text.strip())), name)
    placed = _placed(reading, text, piece.start)
    if placed is None:
        return Opaque(reading.positions.span(piece.start, piece.end), "interpolation")
    return reading.lower(placed, spot)


def _placed(reading: Reading, text: bytes, start: int) -> ast.expr | None:
    """Parse an expression that stands at byte `start` of the file and place its nodes there."""
    try:
        tree = ast.parse(b"(" + text + b"\n)", mode="eval").body
    except (SyntaxError, ValueError, MemoryError):
        return None
    first = reading.positions.line(start)
    shift = start - reading.positions.starts[first] - 1
    for node in ast.walk(tree):
        if isinstance(node, ast.expr | ast.arg | ast.keyword):
            _move(node, first, shift)
    return tree


def _move(node: ast.expr | ast.arg | ast.keyword, first: int, shift: int) -> None:
    if node.end_lineno == 1:
        node.end_col_offset = (node.end_col_offset or 0) + shift
    if node.lineno == 1:
        node.col_offset += shift
    node.lineno += first - 1
    node.end_lineno = (node.end_lineno or 1) + first - 1


def forward_reference(reading: Reading, at: Location, value: str) -> Expression | None:
    """Lower a type written as a string, when it parses and stands in one plain literal."""
    content = reading.content[at.start : at.end]
    opening = _QUOTED.match(content)
    if opening is None or not _TYPE.fullmatch(value):
        return None
    start = opening.end()
    if content[start:-start] != value.encode():
        return None
    tree = _placed(reading, content[start:-start], at.start + start)
    if tree is None:
        return None
    strings, invocations = len(reading.strings), len(reading.invocations)
    expression = reading.lower(tree, Spot(Use.ANNOTATION, owner="Literal"))
    # the string was recorded as a whole, and nothing in it is called
    del reading.strings[strings:], reading.invocations[invocations:]
    return expression
