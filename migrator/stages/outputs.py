"""Find where code takes an output item of a response by its position, or replays only a part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from migrator.domain.expression import (
    Call,
    Choice,
    Comparison,
    Expression,
    Item,
    Join,
    Member,
    Name,
    Opaque,
    Scalar,
    Series,
    Spread,
    Table,
    Text,
)
from migrator.domain.facts import FileFacts
from migrator.domain.ports import Facts
from migrator.domain.site import BoundCall, BoundSite
from migrator.domain.source import Place


def indexed_outputs(site: BoundSite, source: Facts) -> tuple[Place, ...]:
    """Give the places of `response.output[n]` on the very result of a call with output items."""
    call = site.call
    facts = source.facts(call.frame.path) if call else None
    if call is None or not call.surface.state or not isinstance(facts, FileFacts):
        return ()
    found = {
        item.at.within(facts.path)
        for expression in _written(facts, call.frame.symbol)
        for item in _items(expression)
        if _is_output(item, call)
    }
    return tuple(sorted(found))


def _written(facts: FileFacts, symbol: str) -> Iterator[Expression]:
    """Yield the expressions that a scope holds."""
    scope = facts.scopes.get(symbol)
    if scope is None:
        return
    yield from scope.returns
    yield from (each.value for each in scope.bindings if each.value is not None)
    yield from (each.call for each in facts.invocations if each.scope == symbol)
    yield from (each.test for each in facts.guards if each.scope == symbol)


def _items(expression: Expression) -> Iterator[Item]:
    if isinstance(expression, Item):
        yield expression
    for part in _parts(expression):
        yield from _items(part)


def _parts(expression: Expression) -> Iterable[Expression]:
    match expression:
        case Member(base=base) | Item(base=base):
            return (base,)
        case Call(callee=callee, positional=positional, keywords=keywords):
            return (callee, *positional, *(each.value for each in keywords))
        case Comparison(left=left, right=right):
            return left, right
        case Spread(value=value):
            return (value,)
        case Join(parts=parts) | Choice(options=parts) | Series(items=parts) | Opaque(inner=parts):
            return parts
        case Table(entries=entries):
            return tuple(each.value for each in entries)
        case Text() | Scalar() | Name():
            return ()


def _is_output(item: Item, call: BoundCall) -> bool:
    """Whether an item is taken by number of what this call, or the name of its result, gave."""
    base = item.base
    if not isinstance(base, Member) or base.name != "output" or not isinstance(item.key, Scalar):
        return False
    made = call.invocation
    if isinstance(base.base, Name):
        return made.result is not None and base.base.name == made.result
    return base.base.at == made.call.at
