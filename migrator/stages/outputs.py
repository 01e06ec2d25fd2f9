"""Find where code takes an output item of a response by its position."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.expression import Expression, Item, Member, Name, Scalar
from migrator.domain.facts import FileFacts
from migrator.domain.parts import everything
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
        for item in everything(expression)
        if isinstance(item, Item) and _is_output(item, call)
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


def _is_output(item: Item, call: BoundCall) -> bool:
    """Whether an item is taken by number of what this call, or the name of its result, gave."""
    base = item.base
    if not isinstance(base, Member) or base.name != "output" or not isinstance(item.key, Scalar):
        return False
    made = call.invocation
    if isinstance(base.base, Name):
        return made.result is not None and base.base.name == made.result
    return base.base.at == made.call.at
