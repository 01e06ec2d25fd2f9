"""Keep the ways to a value in bounds: take turns, and tell of what is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import assert_never

from migrator.domain.expression import Call, Expression, Table, Text
from migrator.domain.roles import is_test
from migrator.domain.source import Place
from migrator.domain.trail import (
    Confidence,
    Cut,
    Defined,
    Entered,
    Found,
    Frame,
    Hop,
    HopKind,
    Lost,
    Outside,
    Trail,
)
from migrator.following.hops import entered_by, via
from migrator.following.port import Walk

MOST_ENDS = 64
MOST_WAYS = 16 * MOST_ENDS  # of a value that counts: every one of them may be a site
TOO_MANY = "more ways lead here than are followed"


def every_way(walk: Walk, expression: Expression, frame: Frame) -> tuple[Trail, ...]:
    """Follow a value on which a verdict hangs: along more ways where some were left out."""
    ends = walk.follow(expression, frame)
    if any(isinstance(each, Lost) and each.cut for each in ends):
        return walk.wider().follow(expression, frame)
    return ends


def distinct(trails: tuple[Trail, ...], at: Place, most: int = MOST_ENDS) -> tuple[Trail, ...]:
    """Drop repeated ends, keeping the first path to each, and bound their number.

    Where some are left out, what leads on from `at` is lost: the last end tells of them.
    """
    if len(trails) < 2:  # noqa: PLR2004
        return trails
    seen: dict[tuple[object, Entered | None], Trail] = {}
    for each in trails:
        seen.setdefault((_end(each), each.entered), each)
    if len(seen) <= most:
        return tuple(seen.values())
    ways = [each for each in seen.values() if not (isinstance(each, Lost) and each.cut)]
    kept = set(sorted(range(len(ways)), key=_turns(ways, at).__getitem__)[:most])
    left = [each for index, each in enumerate(ways) if index not in kept]
    inner = [each.cut for each in seen.values() if isinstance(each, Lost) and each.cut]
    return (*(ways[index] for index in sorted(kept)), too_many(at, left, inner))


def too_many(at: Place, left: Iterable[Trail], inner: Iterable[Cut] = ()) -> Lost:
    """Tell of ways that are left out where a bound cuts; `inner` are what bounds further in cut.

    What tests alone do says nothing of a product.
    """
    ours = is_test(at.path)
    ends: dict[object, Trail] = {}
    left, inner = tuple(left), tuple(inner)
    of_tests = bool(left or inner)
    for each in left:
        if ours or not _of_tests(each):
            of_tests = False
            ends.setdefault(_end(each), *entered_by((each,), None))
    for cut in inner:
        of_tests = of_tests and cut.of_tests
        for each in cut.ends:
            ends.setdefault(_end(each), each)
    return Lost(TOO_MANY, at, caller=True, cut=Cut(tuple(ends.values()), of_tests=of_tests))


def one_of_several(trails: tuple[Trail, ...], at: Place) -> tuple[Trail, ...]:
    """Make ends likely that belong to several objects, one of which is meant: no more is known."""
    ends = distinct(trails, at)
    if sum(not isinstance(each, Lost) for each in ends) < 2:  # noqa: PLR2004
        return ends
    return via(ends, Hop(at, HopKind.INSTANCE, Confidence.LIKELY))


def _turns(ways: list[Trail], at: Place) -> list[tuple[bool, int, int]]:
    """Give the rank of each way: every end once, then each of them from every call outside.

    What the product does comes before what its tests do.
    """
    return list(_ranked(ways, ours=is_test(at.path)))


def _ranked(ways: list[Trail], *, ours: bool) -> Iterator[tuple[bool, int, int]]:
    ends: set[object] = set()
    turns: Counter[tuple[object, object]] = Counter()
    for index, each in enumerate(ways):
        end, outer = _end(each), _outermost(each.entered)
        turn = turns[end, outer]
        turns[end, outer] += 1
        yield not ours and _of_tests(each), turn + 1 if end in ends else 0, index
        ends.add(end)


def _of_tests(way: Trail) -> bool:
    outer = _outermost(way.entered)
    return outer is not None and is_test(outer[0])


def _outermost(entered: Entered | None) -> tuple[str, int] | None:
    """Give the place of the call through which a way comes in from the outside."""
    found = None
    while entered is not None:
        found = entered.caller.path, entered.at.start
        entered = entered.caller.callers[-1] if entered.caller.callers else None
    return found


def _end(trail: Trail) -> object:
    match trail:
        case Found(expression=Text(at=at, value=value), frame=frame):
            return (frame.path, at, value)
        case Found(expression=Call() | Table() as expression, frame=frame):
            return (frame, expression.at)  # another object whenever its frame is another
        case Found(expression=expression, frame=frame):
            return (frame.path, expression.at, type(expression))
        case Defined(path=path, symbol=symbol):
            return (path, symbol)
        case Outside(name=name, of=made):
            return (name, _end(made)) if made else name
        case Lost(reason=reason, at=at):
            return (reason, at)
        case _:
            assert_never(trail)
