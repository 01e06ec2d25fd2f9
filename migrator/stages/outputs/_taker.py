"""Look in a function that gets an answer for what takes its items whatever they are."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from migrator.domain.expression import (
    Call,
    Comparison,
    Expression,
    Item,
    Member,
    Name,
    Scalar,
    Text,
    dotted,
)
from migrator.domain.parts import everything, names
from migrator.domain.source import Location
from migrator.following.answers import Recipient, handed
from migrator.following.port import Walk

_AS_TABLE = frozenset({"model_dump", "dict", "to_dict", "json"})
_AS_TEXT = frozenset({"model_dump_json", "to_json", "json"})
_AGAIN = frozenset({"list", "tuple", "iter"})


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
        yield from self._counted()

    def typed(self) -> frozenset[str]:
        """Name the variables that stand for each item in turn."""
        loops = [b for b in self.on.scope.bindings if b.how == "loop" and b.value is not None]
        each = {b.name for b in loops if not b.key and b.value and self._is_list(b.value)}
        rows = [b for b in loops if b.value is not None and self._is_numbered(b.value)]
        return frozenset(each | {b.name for b in rows if b.key == "1"})

    def numbers(self) -> frozenset[str]:
        """Name the variables that count the items."""
        loops = [b for b in self.on.scope.bindings if b.how == "loop" and b.value is not None]
        return frozenset(b.name for b in loops if b.key == "0" and self._is_numbered(b.value))

    def _counted(self) -> Iterator[Location]:
        """Yield where a test asks how many items there are, or which of them one is."""
        facts, scope, events = self.on.facts, self.on.scope, self.on.events
        for guard in facts.guards:
            if guard.scope != scope.symbol:
                continue
            for inner in everything(guard.test):
                match inner:
                    case Comparison(left=Call() as left, right=Scalar(value=int(number))):
                        if number > 0 and self._is_length(left):
                            yield inner.at
                    case Comparison(left=Member(base=Name(name=event), name="output_index")):
                        if event in events:
                            yield inner.at
                    case Comparison(left=Name(name=name), right=Scalar(value=0)):
                        if name in self.numbers():
                            yield inner.at
                    case _:
                        pass

    def _is_length(self, call: Call) -> bool:
        plain = isinstance(call.callee, Name) and call.callee.name == "len"
        return plain and len(call.positional) == 1 and self._is_list(call.positional[0])

    def _is_numbered(self, value: Expression | None) -> bool:
        match value:
            case Call(callee=Name(name="enumerate"), positional=(inner, *_)):
                return self._is_list(inner)
            case _:
                return False

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
        each = self.typed()
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
            case Item(base=base, key=Text(value=key)) if key == self.items:
                return self._is_table(base)
            case Call(callee=Member(base=base, name="get"), positional=(Text(value=key), *_)):
                return key == self.items and self._is_table(base)
            case Call(callee=Name(name=name), positional=(inner,)) if name in _AGAIN:
                return self._is_list(inner)
            case _:
                return False

    def _is_table(self, expression: Expression) -> bool:
        """Whether an expression is the answer as a table, or a name of it."""
        match expression:
            case Name(name=name):
                given = (e.value for e in self.on.scope.bindings if e.name == name)
                return any(isinstance(e, Call) and self._is_table(e) for e in given)
            case Call(callee=Member(base=base, name=name)) if name in _AS_TABLE:
                return self.on.is_answer(base)
            case Call(callee=Member(name="loads"), positional=(Call(callee=Member() as text), *_)):
                return text.name in _AS_TEXT and self.on.is_answer(text.base)
            case _:
                return False


def _is_content(expression: Expression, items: Collection[str]) -> bool:
    match expression:
        case Member(base=Name(name=name), name="content"):
            return name in items
        case _:
            return False
