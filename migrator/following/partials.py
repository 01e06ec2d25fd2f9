"""Read the call of a `partial` as the call of what it is of, with what was given beforehand.

What a `partial` was given is read where it was made: it stands in the call as a splat of its own,
before the call's own arguments, so that these win.
Source: https://docs.python.org/3/library/functools.html#functools.partial.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from migrator.domain.expression import Call, Expression, Keyword, Opaque, Spread
from migrator.domain.trail import Found, Frame, Trail
from migrator.following.aliases import PARTIAL, called_name
from migrator.following.port import Walk

_BEFORE = "given beforehand"
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Given:
    """What one `partial` was given beside what it is of; `frame` is where it was made."""

    call: Call
    frame: Frame


def is_uncalled(end: Trail) -> bool:
    """Whether an end is a `partial` that is not called."""
    made = end.expression if isinstance(end, Found) else None
    return isinstance(made, Call) and called_name(made.callee) == PARTIAL and bool(made.positional)


def called_of(walk: Walk, call: Call, frame: Frame) -> Iterator[tuple[Trail, Call]]:
    """Give what a call is of, over partials, each with the call as it is made of that."""
    for end in walk.follow(call.callee, frame):
        if not isinstance(end, Found) or not is_uncalled(end):
            yield end, call
            continue
        for inner in _of(walk, end, 0):
            yield inner, _with_given(walk, call, frame)


def _of(walk: Walk, end: Trail, depth: int) -> Iterator[Trail]:
    """Give what a partial is of; of one that is of another, what that is of."""
    match end:
        case Found(expression=Call(positional=(first, *_)), frame=frame) if is_uncalled(end):
            for inner in walk.follow(first, frame) if depth < _DEEPEST else ():
                yield from _of(walk, inner, depth + 1)
        case _:
            yield end


def _with_given(walk: Walk, call: Call, frame: Frame) -> Call:
    before = Opaque(call.callee.at, _BEFORE, (call.callee,))
    ways = tuple(given_before(walk, before, frame))
    named = any(each.call.keywords for way in ways for each in way)
    placed = any(each.call.positional for way in ways for each in way)
    return replace(
        call,
        positional=(*((Spread(before.at, before),) if placed else ()), *call.positional),
        keywords=(*((Keyword(None, before),) if named else ()), *call.keywords),
    )


def is_before(value: Expression) -> bool:
    """Whether a splat stands for what partials were given."""
    value = value.value if isinstance(value, Spread) else value
    return isinstance(value, Opaque) and value.what == _BEFORE


def given_before(walk: Walk, value: Expression, frame: Frame) -> Iterator[tuple[Given, ...]]:
    """Give what was given beforehand, once for each partial that is meant.

    Of a partial of a partial comes first what that one was given: what comes later wins.
    """
    value = value.value if isinstance(value, Spread) else value
    for callee in value.inner if isinstance(value, Opaque) else ():
        for end in walk.follow(callee, frame):
            yield from _chains(walk, end, 0)


def _chains(walk: Walk, end: Trail, depth: int) -> Iterator[tuple[Given, ...]]:
    match end:
        case Found(expression=Call(positional=(first, *rest)) as made, frame=frame) if is_uncalled(
            end
        ):
            own = Given(replace(made, positional=tuple(rest)), frame)
            inner = walk.follow(first, frame) if depth < _DEEPEST else ()
            below = [way for each in inner for way in _chains(walk, each, depth + 1)]
            yield from ((*way, own) for way in below or [()])
        case _:
            return


def makings(walk: Walk, call: Call, frame: Frame) -> frozenset[tuple[str, int]]:
    """Give the places where the partials were made that a call is of."""
    before = next((each.value for each in call.keywords if is_before(each.value)), None)
    before = before or next((each for each in call.positional if is_before(each)), None)
    ways = given_before(walk, before, frame) if before is not None else ()
    return frozenset((each.frame.path, each.call.at.start) for way in ways for each in way)


def placed_arguments(walk: Walk, call: Call, frame: Frame) -> tuple[Found, ...]:
    """Give what a call gives by position, with what one partial was given before that."""
    placed: list[Found] = []
    for each in call.positional:
        ways = tuple(given_before(walk, each, frame)) if is_before(each) else ()
        if len(ways) == 1:
            placed += (Found(v, one.frame) for one in ways[0] for v in one.call.positional)
        else:
            placed.append(Found(each, frame))
    return tuple(placed)
