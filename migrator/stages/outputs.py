"""Find where code takes an output item of a response whatever its type is."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from migrator.domain.expression import Call, Expression, Item, Member, Name, Scalar, Text, dotted
from migrator.domain.parts import everything, names
from migrator.domain.site import BoundSite
from migrator.domain.source import Location, Place
from migrator.following.answers import Recipient, all_recipients, handed
from migrator.following.port import Walk

_OUTPUT = "output"
_AS_TABLE = frozenset({"model_dump", "dict", "to_dict"})


def indexed_outputs(site: BoundSite, walk: Walk) -> tuple[Place, ...]:
    """Give the places that take an item of `response.output` without a look at its type.

    That is by its position from the front, or each in turn for its `content`, which a reasoning
    item lacks. They are looked for in the function around a call with output items, and in those
    that it returns or hands the answer to. The last item is the message, whatever came before it.
    A library may hold the items under another name.
    """
    call = site.call
    if call is None:
        return ()
    items = call.surface.items or (_OUTPUT if call.surface.state else "")
    if not items:
        return ()
    found: set[Place] = set()
    for each in all_recipients(call, walk):
        taker = Taker(each, items)
        for one in (taker, *taker.handing(walk)):
            found.update(at.within(one.on.facts.path) for at in one.taken())
    return tuple(sorted(found))


@dataclass(frozen=True, slots=True)
class Taker:
    """Looks in the function that gets an answer for what takes its items, held as `items`.

    `lists` are names by which it is given the list of items without the answer.
    """

    on: Recipient
    items: str
    lists: frozenset[str] = frozenset()

    def handing(self, walk: Walk) -> Iterator[Taker]:
        """Yield what looks in the functions that are handed the list of items itself."""
        for each, name in handed(self.on, walk, self._is_list):
            yield Taker(each, self.items, frozenset({name}))

    def taken(self) -> Iterator[Location]:
        """Yield where an item is taken by its position, or read whatever it is."""
        for each in self._written():
            for inner in everything(each):
                if self._takes_first(inner):
                    yield inner.at
        yield from self._untyped()

    def _written(self) -> Iterator[Expression]:
        """Yield the expressions that the function holds."""
        facts, scope = self.on.facts, self.on.scope
        yield from scope.returns
        yield from (each.value for each in scope.bindings if each.value is not None)
        yield from (each.call for each in facts.invocations if each.scope == scope.symbol)
        yield from (each.test for each in facts.guards if each.scope == scope.symbol)

    def _takes_first(self, taken: Expression) -> bool:
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
        return source is not None and self._is_list(source)

    def _untyped(self) -> Iterator[Location]:
        """Yield where the content of each item is taken apart, and no test is made of the item."""
        facts, scope = self.on.facts, self.on.scope
        over = [(b.name, b.value) for b in scope.bindings if b.how == "loop" and b.value]
        each = {name for name, value in over if self._is_list(value)}
        if not each:
            return
        tests = (guard.test for guard in facts.guards if guard.scope == scope.symbol)
        each -= frozenset().union(*map(names, tests))
        yield from (value.at for _, value in over if _is_content(value, each))
        for expression in self._written():
            for inner in everything(expression):
                if isinstance(inner, Item) and _is_content(inner.base, each):
                    yield inner.base.at

    def _is_list(self, expression: Expression) -> bool:
        """Whether an expression is the list of output items, or a name of it."""
        if not isinstance(expression, Name):
            return self._is_output(expression)
        return expression.name in self.lists or any(
            binding.name == expression.name
            and binding.how == "assignment"
            and binding.value is not None
            and self._is_output(binding.value)
            for binding in self.on.scope.bindings
        )

    def _is_output(self, expression: Expression) -> bool:
        """Whether an expression is the list of output items of the answer."""
        match expression:
            case Member(base=base, name=name) if name == self.items:
                return self.on.is_answer(base)
            case Item(base=Call(callee=Member(base=base, name=name)), key=Text(value=key)):
                return key == self.items and name in _AS_TABLE and self.on.is_answer(base)
            case _:
                return False


def _is_content(expression: Expression, items: Collection[str]) -> bool:
    match expression:
        case Member(base=Name(name=name), name="content"):
            return name in items
        case _:
            return False
