"""Find where code takes an output item of a response whatever its type is."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from migrator.domain.expression import Call, Expression, Item, Member, Name, Scalar, Text, dotted
from migrator.domain.parts import everything, names
from migrator.domain.site import BoundSite
from migrator.domain.source import Place
from migrator.following.answers import Recipient, recipients
from migrator.following.port import Walk

_OUTPUT = "output"
_AS_TABLE = frozenset({"model_dump", "dict", "to_dict"})


def indexed_outputs(site: BoundSite, walk: Walk) -> tuple[Place, ...]:
    """Give the places that take an item of `response.output` without a look at its type.

    That is by its position from the front, or each in turn for its `content`, which a reasoning
    item lacks. They are looked for in the function around a call with output items, and in those
    that it returns the answer to. The last item is the message, whatever came before it.
    """
    call = site.call
    if call is None or not call.surface.state:
        return ()
    found = {
        item.at.within(each.facts.path)
        for each in recipients(call, walk)
        for expression in _written(each)
        for item in everything(expression)
        if _takes_first(item, each, _named(each))
    }
    untyped = (place for each in recipients(call, walk) for place in _untyped(each))
    return tuple(sorted(found.union(untyped)))


def _untyped(recipient: Recipient) -> Iterator[Place]:
    """Yield where the content of each item is taken apart, and no test is made of the item."""
    facts, scope = recipient.facts, recipient.scope
    named = _named(recipient)
    items = {
        each.name
        for each in scope.bindings
        if each.how == "loop" and each.value and _is_items(each.value, recipient, named)
    }
    if not items:
        return
    tests = (each.test for each in facts.guards if each.scope == scope.symbol)
    items -= frozenset().union(*map(names, tests))
    over = (each.value for each in scope.bindings if each.how == "loop" and each.value)
    taken = [each for each in over if _is_content(each, items)]
    taken += [
        each.base
        for expression in _written(recipient)
        for each in everything(expression)
        if isinstance(each, Item) and _is_content(each.base, items)
    ]
    yield from (each.at.within(facts.path) for each in taken)


def _is_content(expression: Expression, items: Collection[str]) -> bool:
    match expression:
        case Member(base=Name(name=name), name="content"):
            return name in items
        case _:
            return False


def _written(recipient: Recipient) -> Iterator[Expression]:
    """Yield the expressions that a scope holds."""
    facts, scope = recipient.facts, recipient.scope
    yield from scope.returns
    yield from (each.value for each in scope.bindings if each.value is not None)
    yield from (each.call for each in facts.invocations if each.scope == scope.symbol)
    yield from (each.test for each in facts.guards if each.scope == scope.symbol)


def _named(recipient: Recipient) -> frozenset[str]:
    """Give the names that the output items themselves are given."""
    return frozenset(
        each.name
        for each in recipient.scope.bindings
        if each.how == "assignment" and each.value is not None and _is_output(each.value, recipient)
    )


def _takes_first(taken: Expression, recipient: Recipient, named: Collection[str]) -> bool:
    match taken:
        case Item(base=base, key=Scalar(value=int(place))):
            source = base if place >= 0 else None
        case Call(callee=Member(base=base, name="pop"), positional=(Scalar(value=0),)):
            source = base
        case Call(callee=Name(name="next"), positional=(Call() as inner, *_)):
            begun = dotted(inner.callee) == "iter" and len(inner.positional) == 1
            source = inner.positional[0] if begun else None
        case _:
            return False
    return source is not None and _is_items(source, recipient, named)


def _is_items(expression: Expression, recipient: Recipient, named: Collection[str]) -> bool:
    """Whether an expression is the list of output items, or a name of it."""
    own = isinstance(expression, Name) and expression.name in named
    return own or _is_output(expression, recipient)


def _is_output(expression: Expression, recipient: Recipient) -> bool:
    """Whether an expression is the list of output items of the answer."""
    match expression:
        case Member(base=base, name=name) if name == _OUTPUT:
            return recipient.is_answer(base)
        case Item(base=Call(callee=Member(base=base, name=name)), key=Text(value=key)):
            return key == _OUTPUT and name in _AS_TABLE and recipient.is_answer(base)
        case _:
            return False
