"""Find the models that a call names to take over after a failure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from migrator.domain.expression import Series, Table, Text
from migrator.domain.surface import Surface
from migrator.domain.trail import Found, Hop, HopKind
from migrator.following.items import known_key
from migrator.following.port import Walk
from migrator.stages.link._gathered import ModelPlace

_DEEPEST = 3


def fallback_places(
    walk: Walk, arguments: Mapping[str, Found], surface: Surface
) -> tuple[ModelPlace, ...]:
    """Give the expressions that name such models: in lists, and in tables by the failing one."""
    return tuple(
        ModelPlace(replace(each, hops=(*each.hops, _hop(arguments[name], name))))
        for name in surface.fallbacks
        if name in arguments
        for each in _named(walk, arguments[name])
    )


def _hop(given: Found, name: str) -> Hop:
    """Say under which name the models are handed over: it tells what they are for."""
    return Hop(given.expression.at.within(given.frame.path), HopKind.ARGUMENT, detail=name)


def _named(walk: Walk, place: Found, depth: int = 0) -> Iterator[Found]:
    for end in walk.follow(place.expression, place.frame) if depth <= _DEEPEST else ():
        match end:
            case Found(expression=Text()):
                yield place
            case Found(expression=Series(items=items), frame=frame):
                for item in items:
                    yield from _named(walk, Found(item, frame, end.hops, end.entered), depth + 1)
            case Found(expression=Table(entries=entries), frame=frame):
                keyed = [(e.key and known_key(walk, e.key, frame), e.value) for e in entries]
                own = [value for key, value in keyed if key == "model"]
                for value in own or [value for _, value in keyed]:
                    yield from _named(walk, Found(value, frame, end.hops, end.entered), depth + 1)
            case _:
                pass
