"""Put a class and those it derives from in the order in which the language asks them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from migrator.domain.facts import Scope, ScopeKind
from migrator.domain.trail import Defined, Frame
from migrator.following.ancestry import class_of
from migrator.following.port import Walk
from migrator.following.scopes import child

MOST_ABOVE = 8

ClassKey: TypeAlias = tuple[str, str]
Order: TypeAlias = tuple[ClassKey, ...]


def order_of(walk: Walk, key: ClassKey, depth: int = 0) -> Order:
    """Give the classes of the repository that members of a class are looked up in, itself first.

    That is the C3 order of the language; where a class tree has none, and the program would not
    start, the bases follow each other depth first.
    """
    bases = tuple(_bases(walk, key)) if depth < MOST_ABOVE else ()
    orders = [order_of(walk, each, depth + 1) for each in bases]
    if len(orders) < 2:  # noqa: PLR2004
        return (key, *(each for order in orders for each in order if each != key))
    return (key, *_merged([*orders, bases]))


def depth_first(walk: Walk, key: ClassKey, depth: int = 0) -> Order:
    """Give the same classes with everything above a base before the next base."""
    found: dict[ClassKey, None] = {key: None}
    for base in _bases(walk, key) if depth < MOST_ABOVE else ():
        found |= dict.fromkeys(depth_first(walk, base, depth + 1))
    return tuple(found)


def _bases(walk: Walk, key: ClassKey) -> Iterator[ClassKey]:
    path, symbol = key
    facts = walk.file(path)
    scope = facts.scopes.get(symbol) if facts else None
    if scope is None or scope.kind is not ScopeKind.CLASS:
        return
    for base in scope.bases:
        for end in walk.follow(class_of(base), Frame(path, scope.parent or "")):
            if isinstance(end, Defined) and (end.path, end.symbol) != key:
                yield end.path, end.symbol
                break


def _merged(orders: Sequence[Order]) -> Iterator[ClassKey]:
    """Merge orders so that each keeps its own: C3 takes the first head that no tail holds."""
    left = [list(each) for each in orders if each]
    while left:
        heads = [each[0] for each in left]
        free = (head for head in heads if not any(head in each[1:] for each in left))
        taken = next(free, heads[0])
        yield taken
        left = [rest for each in left if (rest := [one for one in each if one != taken])]


def found_method(walk: Walk, path: str, symbol: str, name: str) -> ClassKey | None:
    """Give the method that a class has under a name: its own, or that of the next that has it."""
    for where, owner in order_of(walk, (path, symbol)):
        facts = walk.file(where)
        scope = facts.scopes.get(owner) if facts else None
        own = child(facts, scope, name) if facts and scope else None
        if own is not None:
            return where, own.symbol
    return None


def ahead_of(walk: Walk, key: ClassKey) -> Iterator[tuple[str, Scope]]:
    """Give the classes below one, and the mixins that those put before it."""
    every = walk.callers.below(walk, *key)
    yield from every
    mixins: dict[ClassKey, None] = {}
    for path, below in every:
        order = order_of(walk, (path, below.symbol)) if len(below.bases) > 1 else ()
        if key in order:
            mixins |= dict.fromkeys(order[1 : order.index(key)])
    for path, symbol in mixins:
        facts = walk.file(path)
        if facts and (path, facts.scopes[symbol]) not in every:
            yield path, facts.scopes[symbol]
