"""Read what a decorator of the project adds to a method that it is applied to like a function."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrator.domain.expression import Call, Keyword, Opaque
from migrator.domain.holder import Made
from migrator.domain.trail import Frame
from migrator.following.handed_through import Wrapping
from migrator.following.port import Walk
from migrator.following.wrapping import wrappings_by


def applied(walk: Walk, call: Call, frame: Frame) -> tuple[Wrapping, ...]:
    """Give the calls by which `decorator(…)(method)` changes what it hands on.

    What cannot be followed is a call that brings a table of which nothing is known.
    """
    found, lost = wrappings_by(walk, call.callee, frame)
    if not lost:
        return found
    unseen = Keyword(None, Opaque(call.at, "what a decorator adds"))
    unknown = Call(call.at, call.callee, (), (unseen,))
    return (*found, Wrapping(call.callee, "", frame.path, unknown, frame, None))


def added_for(wrapped: tuple[Wrapping, ...], call: Call, frame: Frame) -> Iterator[Made]:
    """Give what they add to a call of what they made, without what that gives by position."""
    for each in wrapped:
        yield Made(replace(each.call, positional=()), each.entered(call, frame))
