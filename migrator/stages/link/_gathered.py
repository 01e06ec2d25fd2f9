"""Gather the arguments of a call: its own, and those that the holder of its model was made with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from migrator.domain.expression import Call, Expression, Series, Table
from migrator.domain.playbook import CallShape, Surface
from migrator.domain.site import Holder
from migrator.domain.trail import Entered, Found, Frame, Lost
from migrator.following.port import Walk
from migrator.stages.link._settings import collect_arguments, splat

REST = "*"  # the name of an argument that is a table of further arguments
PIPE = "pipe"  # the name under which a prompt stands that is piped into a model
NESTED = "configurable"  # a table of arguments within such a table

Arguments = dict[str, Found]


def gather(
    walk: Walk, call: Call, frame: Frame, shape: CallShape, surface: Surface, holder: Holder | None
) -> tuple[Arguments, tuple[Lost, ...]]:
    """Give all arguments by the names that the surface has for them, and the splats not in view.

    What a later call says wins: the call itself over what was bound, that over the constructor.
    """
    arguments: Arguments = {}
    lost: list[Lost] = []
    for each in holder.made if holder else ():
        given, missing = collect_arguments(
            walk, each.call, each.frame, each.positional, surface.spreads
        )
        rest = given.pop(REST, None)
        if rest is not None:
            given, more = splat(walk, rest.expression, rest.frame)
            missing = (*missing, *more)
        nested = given.pop(NESTED, None) if rest is not None else None
        if nested is not None:
            inside, more = splat(walk, nested.expression, nested.frame)
            given |= inside
            missing = (*missing, *more)
        arguments |= _named(given, surface)
        lost += missing
    own, missing = collect_arguments(walk, call, frame, shape.positional, surface.spreads)
    if holder and holder.argument:
        own.pop(holder.argument, None)
    if holder and holder.piped is not None:
        for prompt in surface.prompts:
            own.pop(prompt.name, None)
        own[PIPE] = holder.piped
    return arguments | _named(own, surface), (*lost, *missing)


def model_places(walk: Walk, arguments: Mapping[str, Found], surface: Surface) -> tuple[Found, ...]:
    """Give the expressions that name the model of a call; none where it names no model."""
    for path in (surface.model, *surface.other_models):
        places = _at_path(walk, arguments, path)
        if places:
            return places
    return ()


def _named(arguments: Arguments, surface: Surface) -> Arguments:
    return {surface.aliases.get(name, name): value for name, value in arguments.items()}


def _at_path(walk: Walk, arguments: Mapping[str, Found], path: str) -> tuple[Found, ...]:
    head, *rest = path.split(".")
    places: tuple[Found, ...] = (arguments[head],) if head in arguments else ()
    for name in rest:
        places = tuple(each for place in places for each in _inside(walk, place, name))
    return places


def _inside(walk: Walk, place: Found, name: str) -> Iterator[Found]:
    """Give what a table, an object made with keywords, or each of a list has under a name."""
    for end in walk.follow(place.expression, place.frame):
        if isinstance(end, Found):
            entered = end.entered or place.entered
            for value, frame in _fields(walk, end.expression, end.frame, name):
                yield Found(value, frame, end.hops, entered)


def _fields(
    walk: Walk, value: Expression, frame: Frame, name: str
) -> Iterator[tuple[Expression, Frame]]:
    match value:
        case Series(items=items):
            for item in items:
                for each in _inside(walk, Found(item, frame), name):
                    yield each.expression, each.frame
        case Table() as table:
            entries, _ = splat(walk, table, frame)
            if name in entries:
                yield entries[name].expression, entries[name].frame
        case Call() as made:
            arguments, _ = collect_arguments(walk, made, frame)
            if name in arguments:
                yield arguments[name].expression, arguments[name].frame
        case _:
            pass


def within(frame: Frame, entered: Entered | None) -> Frame:
    """Give a frame as entered from one known call."""
    return replace(frame, callers=(entered,)) if entered else frame
