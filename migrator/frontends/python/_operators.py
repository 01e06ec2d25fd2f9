"""Lower operators, choices and comparisons."""

from __future__ import annotations

import ast

from migrator.domain.expression import (
    Choice,
    ChoiceKind,
    Comparison,
    Expression,
    Join,
    Opaque,
    Scalar,
    Text,
)
from migrator.domain.facts import Use
from migrator.frontends.python._guards import record_choice, record_operands
from migrator.frontends.python._reading import Reading
from migrator.frontends.python._spot import ROOT, Spot, inside, spelled

_CONTAINERS = (ast.List, ast.Tuple, ast.Set, ast.Dict, ast.ListComp, ast.DictComp)
_TEXT_NODES = (ast.Constant, ast.JoinedStr)
_WORDS = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Is: "is",
    ast.IsNot: "is not",
    ast.In: "in",
    ast.NotIn: "not in",
}


def lower_binary(reading: Reading, node: ast.BinOp, spot: Spot) -> Expression:
    """Lower `a + b + …` and its like; a long chain is walked, never recursed into."""
    kind = type(node.op)
    if kind is ast.Mod and isinstance(node.left, _TEXT_NODES):
        return _formatted(reading, node, spot)
    operands = [node.right]
    left = node.left
    while isinstance(left, ast.BinOp) and type(left.op) is kind:
        operands.append(left.right)
        left = left.left
    operands.append(left)
    operands.reverse()
    use = Use.PART if kind is ast.Add else Use.OTHER
    inner = tuple(reading.lower(each, _operand_spot(each, spot, use)) for each in operands)
    at = reading.at(node)
    if kind is not ast.Add:
        return Opaque(at, kind.__name__.lower(), inner)
    return Join(at, inner) if any(map(_holds_text, inner)) else Opaque(at, "sum", inner)


def _formatted(reading: Reading, node: ast.BinOp, spot: Spot) -> Expression:
    part = inside(spot, Use.PART)
    inner = (reading.lower(node.left, part), reading.lower(node.right, part))
    return Opaque(reading.at(node), "format", inner)


def _operand_spot(node: ast.expr, spot: Spot, use: Use) -> Spot:
    """Let a list added to a list stay a list, and a type in a union a type."""
    if isinstance(node, _CONTAINERS) or spot.use is Use.ANNOTATION:
        return spot
    return inside(spot, use)


def _holds_text(expression: Expression) -> bool:
    match expression:
        case Text() | Join() | Opaque(what="format"):
            return True
        case Choice(options=options):
            return any(map(_holds_text, options))
        case _:
            return False


def lower_unary(reading: Reading, node: ast.UnaryOp, spot: Spot) -> Expression:
    """Lower `-1` to its number, other signs and `not` to what they hide."""
    operand = node.operand
    if isinstance(node.op, ast.USub) and isinstance(operand, ast.Constant):
        value = operand.value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return Scalar(reading.at(node), -value)
    inner = reading.lower(operand, inside(spot, Use.OTHER))
    return Opaque(reading.at(node), type(node.op).__name__.lower(), (inner,))


def lower_boolean(reading: Reading, node: ast.BoolOp, spot: Spot) -> Expression:
    """Lower `a or b` to a choice; `a and b` gives either, for reasons that are not seen."""
    option = inside(spot, Use.CHOICE)
    options = tuple(reading.lower(each, option) for each in node.values)
    at = reading.at(node)
    record_operands(reading, options, at.end, holds=isinstance(node.op, ast.And))
    if isinstance(node.op, ast.Or):
        return Choice(at, ChoiceKind.FALLBACK, options)
    return Opaque(at, "and", options)


def lower_conditional(reading: Reading, node: ast.IfExp, spot: Spot) -> Expression:
    """Lower `a if test else b`."""
    option = inside(spot, Use.CHOICE)
    body = reading.lower(node.body, option)
    test = reading.lower(node.test, ROOT)
    options = (body, reading.lower(node.orelse, option))
    record_choice(reading, test, options)
    return Choice(reading.at(node), ChoiceKind.CONDITION, options, test)


def lower_comparison(reading: Reading, node: ast.Compare, spot: Spot) -> Expression:
    """Lower a comparison; a literal in it is named after what it is compared with."""
    sides = [node.left, *node.comparators]
    lowered: list[Expression] = []
    for index, side in enumerate(sides):
        other = sides[index - 1] if index else sides[1]
        name = "" if isinstance(side, ast.Name | ast.Attribute) else spelled(other)
        lowered.append(reading.lower(side, Spot(Use.COMPARED, name, "", spot)))
    at = reading.at(node)
    if len(lowered) > 2:  # noqa: PLR2004
        return Opaque(at, "comparison", tuple(lowered))
    return Comparison(at, lowered[0], _WORDS[type(node.ops[0])], lowered[1])
