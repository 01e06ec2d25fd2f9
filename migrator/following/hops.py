"""Prepend hops to trails, and note the calls through which their start was entered."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from migrator.domain.expression import Scalar, Text
from migrator.domain.trail import (
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

MOST_HOPS = 24
MOST_NESTED = 4


def via(trails: tuple[Trail, ...], *hops: Hop) -> tuple[Trail, ...]:
    """Note that these trails were reached over `hops`; the hops run from the value to the call."""
    return tuple(_as_reached(each, (*each.hops, *hops), each.entered) for each in trails)


def entered_by(trails: tuple[Trail, ...], entered: Entered | None) -> tuple[Trail, ...]:
    """Note through which call the frame of the start was entered."""
    return tuple(
        each if each.entered is entered else _as_reached(each, each.hops, entered)
        for each in trails
    )


def entered_with(trails: tuple[Trail, ...], base: Trail) -> tuple[Trail, ...]:
    """Let trails that go on from `base` know through which call it was entered."""
    if base.entered is None:
        return trails
    return tuple(_as_reached(each, each.hops, _both(base.entered, each)) for each in trails)


def _both(base: Entered, end: Trail) -> Entered:
    """Give the entry of a base, with that of what it holds where the latter leads further out."""
    caller = entered_further(base.caller, end.entered)
    return base if caller is base.caller else replace(base, caller=caller)


def entered_further(frame: Frame, entered: Entered | None, within: int = 0) -> Frame:
    """Give a frame as entered through the calls of an entry, as far out as those of its own end.

    `within` counts the calls further in. Calls that lead back to each other would be added for
    ever: no more than `MOST_HOPS` are kept.
    """
    if entered is None:
        return frame
    if not frame.callers:
        found = entry_of_frame(entered, frame)
        few = found is not None and within + _calls_to(found) <= MOST_HOPS
        return replace(frame, callers=(found,)) if found and few else frame
    *others, last = frame.callers
    caller = entered_further(last.caller, entered, within + 1)
    if caller is last.caller:
        return frame
    outer = replace(last, caller=caller)
    return replace(frame, callers=(*others, outer))


def _calls_to(entered: Entered) -> int:
    """Count the calls that led to an entry."""
    count, outer = 1, entered.caller.callers
    while outer:
        count, outer = count + 1, outer[-1].caller.callers
    return count


def seen_from(trails: tuple[Trail, ...], frame: Frame) -> tuple[Trail, ...]:
    """Note of ends found further in through which call the function around `frame` was entered.

    Nothing is to be noted where the frame knows the calls that it was entered through.
    """
    if all(each.entered is None for each in trails):
        return trails
    kept = (None if frame.callers else entry_of_frame(each.entered, frame) for each in trails)
    return tuple(
        found
        for each, entered in zip(trails, kept, strict=True)
        for found in entered_by((each,), entered)
    )


def entry_of_frame(entered: Entered | None, frame: Frame) -> Entered | None:
    """Give the entry of the function around a frame among the calls that led to an entry."""
    while entered is not None:
        # an object is entered where it is made, with all of its methods
        around = entered.symbol.removesuffix(".__init__")
        inside = f"{frame.symbol}.".startswith(f"{around}.")
        if entered.path == frame.path and inside:
            return entered
        entered = entered.caller.callers[-1] if entered.caller.callers else None
    return None


def is_nothing(trail: Trail) -> bool:
    """Whether an end is a value that `a or b` passes over."""
    match trail:
        case Found(expression=Text(value=value) | Scalar(value=value)):
            return not value
        case _:
            return False


def variables_of_nothing(ends: tuple[Trail, ...]) -> tuple[Hop, ...]:
    """Give the variables of the environment that may set what is nothing by default."""
    hops = (hop for each in ends if is_nothing(each) for hop in each.hops)
    return tuple(hop for hop in hops if hop.kind is HopKind.ENVIRONMENT)


def _as_reached(trail: Trail, hops: tuple[Hop, ...], entered: Entered | None) -> Trail:
    """Give a trail with another way to it; spelt out, since `replace` takes five times as long."""
    match trail:
        case Found():
            return Found(trail.expression, trail.frame, hops, entered)
        case Defined():
            return Defined(trail.path, trail.symbol, hops, entered)
        case Outside():
            return Outside(trail.name, trail.at, hops, entered, trail.of)
        case Lost():
            return Lost(trail.reason, trail.at, hops, trail.caller, entered, trail.cut)
        case _:
            assert_never(trail)
