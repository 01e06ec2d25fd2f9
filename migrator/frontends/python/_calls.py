"""Lower calls, and record each with its surroundings."""

from __future__ import annotations

import ast

from migrator.domain.expression import Call, Expression, Keyword
from migrator.domain.facts import Invocation, Use
from migrator.frontends.python._reading import Reading
from migrator.frontends.python._spot import ROOT, Spot, spelled

_STRINGLESS = frozenset((ast.Name,))  # most arguments: nothing asks what a name is used for


def lower_call(reading: Reading, node: ast.Call, spot: Spot) -> Expression:
    """Lower a call and record it; its arguments are asserted when the callee is an `assert…`."""
    result, reading.result = reading.result, None
    func = node.func
    callee_spot = spot if type(func) is ast.Attribute else ROOT
    callee = reading.expressions[type(func)](reading, func, callee_spot)
    asserts = _asserts(func)
    if asserts:
        reading.assertions.append(reading.at(node))
    reading.asserting += asserts
    positional, keywords = _arguments(reading, node, spot)
    reading.asserting -= asserts
    call = Call(reading.at(node), callee, positional, keywords)
    symbol, caught = reading.scope.symbol, reading.catching
    reading.invocations.append(
        Invocation(call, symbol, reading.loops, reading.handler, result, caught)
    )
    return call


def _asserts(func: ast.expr) -> bool:
    if type(func) is ast.Attribute:
        return func.attr.startswith("assert")
    return type(func) is ast.Name and func.id.startswith("assert")


def _arguments(
    reading: Reading, node: ast.Call, spot: Spot
) -> tuple[tuple[Expression, ...], tuple[Keyword, ...]]:
    if not node.args and not node.keywords:
        return (), ()
    owner = spelled(node.func)
    expressions = reading.expressions
    positional: list[Expression] = []
    for index, value in enumerate(node.args):
        plain = type(value) in _STRINGLESS
        argument = ROOT if plain else Spot(Use.ARGUMENT, str(index), owner, spot)
        positional.append(expressions[type(value)](reading, value, argument))
    keywords: list[Keyword] = []
    for keyword in node.keywords:
        name, value = keyword.arg, keyword.value
        plain = type(value) in _STRINGLESS
        argument = ROOT if plain else Spot(Use.ARGUMENT, name or "", owner, spot)
        keywords.append(Keyword(name, expressions[type(value)](reading, value, argument)))
    return tuple(positional), tuple(keywords)
