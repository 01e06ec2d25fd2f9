"""Follow the variables of loops to what each round gives them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from migrator.domain.expression import Call, Expression, Member, Name, Opaque, Series, Spread, Table
from migrator.domain.facts import Binding
from migrator.domain.trail import Defined, Found, Frame, Lost, Trail
from migrator.following.filled import contents
from migrator.following.hops import MOST_NESTED, via
from migrator.following.items import item_of
from migrator.following.port import Walk
from migrator.following.ways import MOST_ENDS, too_many

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
        rounds = tuple(_rounds(walk, trail, index))
        left = tuple(Found(each.value, each.frame) for each in rounds[MOST_ENDS:])
        ends += (too_many(at, left),) if left else ()
        written = any(not each.put for each in rounds)
        for each in rounds[:MOST_ENDS]:
            found = walk.follow(each.value, each.frame)
            if each.rest is not None:
                found = tuple(e for end in found for e in item_of(walk, end, each.rest, at))
            if each.put and written:  # a list of values may hold more: what is written counts
                found = tuple(end for end in found if isinstance(end, Defined))
            ends += via(found, *trail.hops)
        if not rounds:
            ends += (Lost("a value of a loop", trail.expression.at.within(frame.path), trail.hops),)
    return ends


@dataclass(frozen=True, slots=True)
class _Round:
    """What a round of a loop has, and the index that has yet to be taken of it.

    What is `put` into the container is not written where that is made.
    """

    value: Expression
    frame: Frame
    rest: int | None = None
    put: bool = False


def _rounds(walk: Walk, over: Found, index: int | None, depth: int = 0) -> Iterator[_Round]:
    match over.expression:
        case Series(items=items):
            yield from (_Round(each, over.frame, index) for each in items)
            yield from _put(walk, over, index)
        case Opaque(what="comprehension", inner=(element, _)):
            yield _Round(element, over.frame, index)
        case Table(entries=entries) if index is None:
            yield from (_Round(e.key, over.frame) for e in entries if e.key is not None)
        case Call(callee=Member(base=base, name=name), positional=()) if name in _VIEWS:
            for end in walk.follow(base, over.frame):
                if isinstance(end, Found):
                    yield from _of_view(walk, end, name, index)
        case Call(callee=Name(name="enumerate"), positional=(source, *_)) if index == 1:
            yield from _over(walk, source, over.frame, None, depth)
        case Call(callee=Name(name="zip"), positional=sources) if index is not None:
            if index < len(sources) and not isinstance(sources[index], Spread):
                yield from _over(walk, sources[index], over.frame, None, depth)
        case Call(callee=Name(name=name), positional=(source, *_)) if name in _SAME:
            yield from _over(walk, source, over.frame, index, depth)
        case Call():
            yield from _put(walk, over, index)
        case _:
            return


def _put(walk: Walk, over: Found, index: int | None) -> Iterator[_Round]:
    """Give a round for each value that code puts into what a loop runs over."""
    for each in contents(walk, over):
        yield _Round(each.value, each.frame, index, put=True)


def _over(
    walk: Walk, source: Expression, frame: Frame, index: int | None, depth: int
) -> Iterator[_Round]:
    for end in walk.follow(source, frame):
        if isinstance(end, Found) and depth < MOST_NESTED:  # `items = list(items)` in a loop
            yield from _rounds(walk, end, index, depth + 1)


def _of_view(walk: Walk, over: Found, view: str, index: int | None) -> Iterator[_Round]:
    if view == "items" and index is None:
        return
    keys = view == "keys" or (view == "items" and index == 0)
    rest = None if view == "items" else index
    for entry in over.expression.entries if isinstance(over.expression, Table) else ():
        if entry.key is not None:
            yield _Round(entry.key if keys else entry.value, over.frame, rest)
    if not keys:
        yield from _put(walk, over, rest)
