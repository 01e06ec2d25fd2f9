"""Name what is called to make the things that a function or class gives out or keeps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from migrator.domain.expression import (
    Call,
    Choice,
    Expression,
    Item,
    Join,
    Member,
    Name,
    Opaque,
    Series,
    Spread,
    Table,
)
from migrator.domain.facts import Binding, FileFacts, Scope, ScopeKind
from migrator.following.aliases import called_name
from migrator.following.scopes import visible_scopes

_CHANGES = frozenset({"item", "call"})


def made_to_give(facts: FileFacts, scope: Scope, running: AbstractSet[str]) -> Iterator[Expression]:
    """Yield the callees, and the names left uncalled, of what leaves a scope.

    That is what it returns, yields, or keeps outside of itself. A call of a `running` name gives
    an answer, no part of what it is called on.
    """
    bound: dict[str, Sequence[Expression]] = {}
    for around in reversed(tuple(visible_scopes(facts, scope.symbol))):
        bound |= {each.name: () for each in around.parameters}
        bound |= _by_name(around.bindings)
    return _made((*scope.returns, *scope.yields, *_kept(scope)), bound, running)


def _made(
    values: Iterable[Expression],
    bound: Mapping[str, Sequence[Expression]],
    running: AbstractSet[str],
) -> Iterator[Expression]:
    left, seen = list(values), set[str]()
    while left:
        each = left.pop()
        match each:
            case Name(name=name) if name in bound:
                left.extend(() if name in seen else bound[name])
                seen.add(name)
            case Name():
                yield each
            case Call(callee=callee):
                if called_name(callee) not in running:
                    yield callee
                    left.extend(_parts(each))
            case _:
                left.extend(_parts(each))


def _parts(expression: Expression) -> Iterator[Expression]:
    match expression:
        case Member(base=base) | Item(base=base) | Spread(value=base):
            yield base
        case Call(callee=callee, positional=positional, keywords=keywords):
            yield from (callee.base,) if isinstance(callee, Member) else ()
            # an object holds what it is made with; what a function wraps comes first
            makes = called_name(callee)[:1].isupper()
            yield from positional if makes else positional[:1]
            yield from (each.value for each in keywords if makes)
        case Choice(options=parts) | Series(items=parts) | Join(parts=parts) | Opaque(inner=parts):
            yield from parts
        case Table(entries=entries):
            yield from (each.value for each in entries)
        case _:
            return


def _by_name(bindings: Iterable[Binding]) -> dict[str, list[Expression]]:
    """Give the values of plain names, with what they gain later."""
    found: defaultdict[str, list[Expression]] = defaultdict(list)
    for each in bindings:
        if each.value is not None and "." not in each.name:
            found[each.name].append(each.value)
    return found


def _kept(scope: Scope) -> Iterator[Expression]:
    """Give what a scope binds to a member or a class, or puts into what is outside of it."""
    assigned = {each.name for each in scope.bindings if each.how not in _CHANGES}
    for each in scope.bindings:
        outside = "." in each.name or (each.how in _CHANGES and each.name not in assigned)
        if each.value is not None and (outside or scope.kind is ScopeKind.CLASS):
            yield each.value
