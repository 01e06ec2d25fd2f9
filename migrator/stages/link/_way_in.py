"""Look at the calls through which a call was entered, from the inside out."""

from __future__ import annotations

from dataclasses import replace

from migrator.domain.roles import is_test
from migrator.domain.source import Place
from migrator.domain.trail import Entered, Frame


def outermost(frame: Frame) -> Entered | None:
    """Give the call through which a wrapper was entered from the outside."""
    entered: Entered | None = None
    while frame.callers:
        entered = frame.callers[-1]
        frame = entered.caller
    return entered


def called_in(frame: Frame, path: str) -> str:
    """Give the file of a call, or of the call through which it was entered from the outside."""
    outer = outermost(frame)
    return outer.caller.path if outer else path


def calls_to(frame: Frame) -> tuple[Place, ...]:
    """Give the places of the calls that lead to a call, the outermost last."""
    places: list[Place] = []
    while frame.callers:
        entered = frame.callers[-1]
        frame = entered.caller
        places.append(entered.call.at.within(frame.path))
    return tuple(places)


def without_tests(frame: Frame) -> Frame:
    """Leave out the calls of tests: what they call is called by somebody else as well."""
    if not frame.callers:
        return frame
    *others, last = frame.callers
    if is_test(last.caller.path):
        return replace(frame, callers=tuple(others))
    inner = replace(last, caller=without_tests(last.caller))
    return replace(frame, callers=(*others, inner))
