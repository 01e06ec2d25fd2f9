"""Read functions and classes into scopes of their own."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable

from migrator.domain.expression import Keyword
from migrator.domain.facts import Parameter, ScopeKind, Use
from migrator.frontends.python._reading import Draft, Reading
from migrator.frontends.python._spot import ROOT, Spot

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_BLOCKS = frozenset(
    (
        ast.If,
        ast.For,
        ast.AsyncFor,
        ast.While,
        ast.With,
        ast.AsyncWith,
        ast.Try,
        ast.TryStar,
        ast.ExceptHandler,
        ast.Match,
        ast.match_case,
    )
)
_BODIES = ("body", "orelse", "finalbody", "handlers", "cases")


def read_function(reading: Reading, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
    """Read a function; decorators, defaults and annotations belong to the scope around it."""
    decorators = tuple(reading.lower(each, ROOT) for each in node.decorator_list)
    parameters = _parameters(reading, node.args)
    draft = _draft(reading, node, ScopeKind.FUNCTION)
    draft.decorators, draft.parameters = decorators, parameters
    if node.returns is not None:
        spot = Spot(Use.ANNOTATION, node.name)
        draft.return_annotation = reading.lower(node.returns, spot)
    _enter(reading, draft, node.body)


def read_class(reading: Reading, node: ast.ClassDef) -> None:
    """Read a class; its decorators and bases belong to the scope around it."""
    decorators = tuple(reading.lower(each, ROOT) for each in node.decorator_list)
    bases = tuple(reading.lower(each, ROOT) for each in node.bases)
    keywords = tuple(
        Keyword(each.arg, reading.lower(each.value, Spot(Use.ARGUMENT, each.arg or "", node.name)))
        for each in node.keywords
    )
    draft = _draft(reading, node, ScopeKind.CLASS)
    draft.decorators, draft.bases, draft.keywords = decorators, bases, keywords
    _enter(reading, draft, node.body)


def count_definitions(body: Iterable[ast.AST], totals: Counter[str]) -> None:
    """Count how often each name is defined in a scope, under conditions included."""
    for node in body:
        if isinstance(node, _DEFINITIONS):
            totals[node.name] += 1
        elif type(node) in _BLOCKS:
            for field in _BODIES:
                inner = getattr(node, field, None)
                if isinstance(inner, list):
                    count_definitions(inner, totals)


def _draft(
    reading: Reading, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, kind: ScopeKind
) -> Draft:
    outer = reading.scope
    at = reading.at(node)
    symbol = outer.symbol_of(node.name)
    draft = Draft(symbol, kind, at, node.end_lineno or node.lineno, outer)
    reading.drafts.append(draft)
    return draft


def _enter(reading: Reading, draft: Draft, body: list[ast.stmt]) -> None:
    count_definitions(body, draft.totals)
    outside = (reading.scope, reading.loops, reading.handler, reading.renamed)
    catching, reading.catching = reading.catching, ()
    reading.scope, reading.loops, reading.handler, reading.renamed = draft, 0, False, {}
    reading.visit(body)
    reading.scope, reading.loops, reading.handler, reading.renamed = outside
    reading.catching = catching


def _parameters(reading: Reading, node: ast.arguments) -> tuple[Parameter, ...]:
    positional = (*node.posonlyargs, *node.args)
    missing = len(positional) - len(node.defaults)
    defaults = (*(None,) * missing, *node.defaults)
    found = [
        _parameter(reading, argument, default, "positional")
        for argument, default in zip(positional, defaults, strict=True)
    ]
    if node.vararg is not None:
        found.append(_parameter(reading, node.vararg, None, "series"))
    found += [
        _parameter(reading, argument, default, "keyword")
        for argument, default in zip(node.kwonlyargs, node.kw_defaults, strict=True)
    ]
    if node.kwarg is not None:
        found.append(_parameter(reading, node.kwarg, None, "table"))
    return tuple(found)


def _parameter(reading: Reading, node: ast.arg, default: ast.expr | None, kind: str) -> Parameter:
    name, hint = node.arg, node.annotation
    annotation = None if hint is None else reading.lower(hint, Spot(Use.ANNOTATION, name))
    value = None if default is None else reading.lower(default, Spot(Use.DEFAULT, name))
    return Parameter(name, value, annotation, kind, reading.at(node))
