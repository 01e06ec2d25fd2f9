"""Follow the variables of loops to what each round gives them."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.expression import Call, Expression, Member, Name, Opaque, Series, Spread, Table
from migrator.domain.facts import Binding
from migrator.domain.trail import Found, Frame, Lost, Trail
from migrator.following.hops import MOST_ENDS, MOST_NESTED, via
from migrator.following.items import item_of
from migrator.following.port import Walk

_SAME = frozenset({"list", "tuple", "set", "sorted", "reversed", "iter", "tqdm"})
_VIEWS = frozenset({"items", "keys", "values"})


def follow_loop(
    walk: Walk, binding: Binding, trails: tuple[Trail, ...], frame: Frame
) -> tuple[Trail, ...]:
    """Give what a loop's variable can be, from the ends of what the loop runs over."""
    index = int(binding.key) if binding.key else None
    at = binding.at.within(frame.path)
    ends: tuple[Trail, ...] = ()
    for trail in trails:
        if not isinstance(trail, Found):
            ends += (trail,)
            continue
        rounds = tuple(_rounds(walk, trail, index))[:MOST_ENDS]
        for value, inside, rest in rounds:
            found = walk.follow(value, inside)
            if rest is not None:
                found = tuple(each for end in found for each in item_of(walk, end, rest, at))
            ends += via(found, *trail.hops)
        if not rounds:
            ends += (Lost("a value of a loop", trail.expression.at.within(frame.path), trail.hops),)
    return ends


def _rounds(
    walk: Walk, over: Found, index: int | None, depth: int = 0
) -> Iterator[tuple[Expression, Frame, int | None]]:
    """Yield a value for each round, and the index that has yet to be taken of it."""
    match over.expression:
        case Series(items=items):
            for item in items:
                yield item, over.frame, index
        case Opaque(what="comprehension", inner=(element, _)):
            yield element, over.frame, index
        case Table(entries=entries) if index is None:
            yield from ((e.key, over.frame, None) for e in entries if e.key is not None)
        case Call(callee=Member(base=base, name=name), positional=()) if name in _VIEWS:
            for end in walk.follow(base, over.frame):
                if isinstance(end, Found) and isinstance(end.expression, Table):
                    yield from _of_view(end.expression, end.frame, name, index)
        case Call(callee=Name(name="enumerate"), positional=(source, *_)) if index == 1:
            yield from _over(walk, source, over.frame, None, depth)
        case Call(callee=Name(name="zip"), positional=sources) if index is not None:
            if index < len(sources) and not isinstance(sources[index], Spread):
                yield from _over(walk, sources[index], over.frame, None, depth)
        case Call(callee=Name(name=name), positional=(source, *_)) if name in _SAME:
            yield from _over(walk, source, over.frame, index, depth)
        case _:
            return


def _over(
    walk: Walk, source: Expression, frame: Frame, index: int | None, depth: int
) -> Iterator[tuple[Expression, Frame, int | None]]:
    for end in walk.follow(source, frame):
        if isinstance(end, Found) and depth < MOST_NESTED:  # `items = list(items)` in a loop
            yield from _rounds(walk, end, index, depth + 1)


def _of_view(
    table: Table, frame: Frame, view: str, index: int | None
) -> Iterator[tuple[Expression, Frame, int | None]]:
    for entry in table.entries:
        if entry.key is None or (view == "items" and index is None):
            continue
        keys = view == "keys" or (view == "items" and index == 0)
        yield (entry.key if keys else entry.value), frame, None if view == "items" else index
