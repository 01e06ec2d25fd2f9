"""Lower comprehensions, lambdas, walruses and the constructs whose value cannot be read."""

from __future__ import annotations

import ast
from typing import TypeAlias

from migrator.domain.expression import Expression, Opaque
from migrator.domain.facts import Binding, Use
from migrator.frontends.python._bindings import bind, bind_loop, give_result
from migrator.frontends.python._guards import record_filters
from migrator.frontends.python._reading import Reading
from migrator.frontends.python._spot import ROOT, Spot, held, inside, spelled

Comprehension: TypeAlias = ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp


def lower_comprehension(reading: Reading, node: Comprehension, spot: Spot) -> Expression:
    """Lower a comprehension to its element and what it runs over, in that order."""
    outer, loops = reading.renamed, reading.loops
    sources: list[Expression] = []
    filters: list[Expression] = []
    for generator in node.generators:
        source = Spot(Use.ASSIGNED, spelled(generator.target))
        sources.append(reading.lower(generator.iter, source))
        reading.loops += 1
        _rename(reading, generator.target)
        bind_loop(reading, generator.target, sources[-1])
        filters += [reading.lower(condition, ROOT) for condition in generator.ifs]
    elements = _elements(reading, node, spot)
    reading.renamed, reading.loops = outer, loops
    record_filters(reading, filters, elements)
    return Opaque(reading.at(node), "comprehension", (*elements, *sources))


def _elements(reading: Reading, node: Comprehension, spot: Spot) -> list[Expression]:
    if isinstance(node, ast.DictComp):
        key = reading.lower(node.key, held(spot, Use.KEY))
        return [key, reading.lower(node.value, held(spot, Use.VALUE))]
    return [reading.lower(node.elt, held(spot, Use.MEMBER))]


def _rename(reading: Reading, target: ast.expr) -> None:
    names = [each.id for each in ast.walk(target) if isinstance(each, ast.Name)]
    reading.renamed = {**reading.renamed, **{name: reading.inner_name(name) for name in names}}


def lower_lambda(reading: Reading, node: ast.Lambda, spot: Spot) -> Expression:
    """Lower a lambda to its body; its parameters get names of their own, bound to defaults."""
    outer = reading.renamed
    arguments = node.args
    positional = (*arguments.posonlyargs, *arguments.args)
    with_defaults = positional[len(positional) - len(arguments.defaults) :]
    pairs = (
        *zip(with_defaults, arguments.defaults, strict=True),
        *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
    )
    defaults = {
        parameter.arg: (parameter, reading.lower(value, Spot(Use.DEFAULT, parameter.arg)))
        for parameter, value in pairs
        if value is not None
    }
    splats = [each for each in (arguments.vararg, arguments.kwarg) if each is not None]
    names = [each.arg for each in (*positional, *arguments.kwonlyargs, *splats)]
    reading.renamed = {**outer, **{name: reading.inner_name(name) for name in names}}
    for name, (parameter, default) in defaults.items():
        own = reading.renamed[name]
        reading.scope.bindings.append(Binding(own, default, reading.at(parameter)))
    body = reading.lower(node.body, Spot(Use.RETURNED, "lambda", "", spot))
    reading.renamed = outer
    return Opaque(reading.at(node), "lambda", (body,))


def lower_walrus(reading: Reading, node: ast.NamedExpr, spot: Spot) -> Expression:
    """Bind `name := value` and give its value."""
    give_result(reading, node.target, node.value)
    value = reading.lower(node.value, Spot(Use.ASSIGNED, node.target.id, "", spot))
    bind(reading, node.target, value)
    return value


def lower_await(reading: Reading, node: ast.Await, spot: Spot) -> Expression:
    """Lower `await value` to the value."""
    return reading.lower(node.value, spot)


def lower_yield(reading: Reading, node: ast.Yield, spot: Spot) -> Expression:
    """Keep what a generator hands out; what is sent back to it cannot be read."""
    expression = lower_other(reading, node, spot)
    if isinstance(expression, Opaque):
        reading.scope.yields.extend(expression.inner)
    return expression


def lower_other(reading: Reading, node: ast.expr, spot: Spot) -> Expression:
    """Lower a construct that no value can be read from to what it holds."""
    children = [each for each in ast.iter_child_nodes(node) if isinstance(each, ast.expr)]
    inner = tuple(reading.lower(each, inside(spot, Use.OTHER)) for each in children)
    return Opaque(reading.at(node), type(node).__name__.lower(), inner)
