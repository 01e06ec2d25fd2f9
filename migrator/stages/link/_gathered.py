"""Gather the arguments of a call: its own, and those that the holder of its model was made with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from migrator.domain.expression import Call, Expression, Series, Table, Text
from migrator.domain.holder import Holder
from migrator.domain.playbook import CallShape
from migrator.domain.surface import Surface
from migrator.domain.trail import Entered, Found, Frame, Lost
from migrator.following.port import Walk
from migrator.stages.link._beside import beside_model
from migrator.stages.link._configurable import Fields
from migrator.stages.link._said import put_over
from migrator.stages.link._settings import add_defaults, collect_arguments, splat

REST = "*"  # the name of an argument that is a table of further arguments
PIPE = "pipe"  # the name under which a prompt stands that is piped into a model

Arguments = dict[str, Found]


def gather(
    walk: Walk, call: Call, frame: Frame, shape: CallShape, surface: Surface, holder: Holder | None
) -> tuple[Arguments, tuple[Lost, ...]]:
    """Give all arguments by the names that the surface has for them, and the splats not in view.

    What a later call says wins: the call itself over what was bound, that over the constructor.
    """
    arguments: Arguments = {}
    lost: list[Lost] = []
    fields = Fields()
    for each in holder.made if holder else ():
        if fields.take_in(walk, each.call, each.frame):
            continue
        given, missing = collect_arguments(
            walk, each.call, each.frame, each.positional, surface.spreads
        )
        rest = given.pop(REST, None)
        if rest is not None:
            given, more = splat(walk, rest.expression, rest.frame)
            missing = (*missing, *more)
        missing = (*missing, *fields.unfold(walk, given))
        missing = (*missing, *add_defaults(walk, given, surface.defaults))
        arguments |= _named(given, surface)
        lost += missing
    own, missing = collect_arguments(walk, call, frame, shape.positional, surface.spreads)
    missing = (*missing, *add_defaults(walk, own, surface.defaults))
    if holder and not holder.argument:
        missing = (*missing, *fields.unfold(walk, own))
    if holder and holder.argument:
        own.pop(holder.argument, None)
    put_over(shape, surface.model, own, arguments)
    below: Arguments = {}
    if holder and holder.entry is not None:
        beside, below, more = beside_model(walk, holder.entry, surface)
        arguments = beside | arguments
        lost += more
    if holder and holder.piped is not None:
        for prompt in surface.prompts:
            own.pop(prompt.name, None)
        own[PIPE] = holder.piped
    return arguments | _named(own, surface) | below, (*lost, *missing)


@dataclass(frozen=True, slots=True)
class ModelPlace:
    """An expression that names a model; `beside` are the addresses in its table, the `entry`."""

    found: Found
    beside: Mapping[str, Found] = field(default_factory=dict)
    entry: Found | None = None


def model_places(
    walk: Walk, arguments: Mapping[str, Found], surface: Surface
) -> tuple[ModelPlace, ...]:
    """Give the expressions that name the model of a call; none where it names no model."""
    given = arguments.get(surface.pick) if surface.pick else None
    for path in (surface.model, *surface.other_models):
        head, *rest = path.split(".")
        places: tuple[Found, ...] = (arguments[head],) if head in arguments else ()
        if rest and given is not None:
            places = _picked(walk, places, surface.pick, given)
        found = tuple(
            ModelPlace(*each) for place in places for each in _along(walk, place, rest, surface)
        )
        if found:
            return found
    return ()


def _along(
    walk: Walk, place: Found, path: Sequence[str], surface: Surface
) -> Iterator[tuple[Found, Mapping[str, Found], Found | None]]:
    """Follow a path from one table into the next, to its end."""
    if not path:
        yield place, {}, None
        return
    name, *rest = path
    for table, written in _tables(walk, place):
        for inner in _inside(walk, table, name):
            if rest:
                yield from _along(walk, inner, rest, surface)
            else:
                beside = {each: next(_inside(walk, table, each), None) for each in surface.base_url}
                known = {key: value for key, value in beside.items() if value is not None}
                yield inner, known, written


def _tables(walk: Walk, place: Found) -> Iterator[tuple[Found, Found]]:
    """Take lists apart, so that what is read belongs to one of their tables: it, and as written."""
    for end in walk.follow(place.expression, place.frame):
        if not isinstance(end, Found):
            continue
        entered = end.entered or place.entered
        if isinstance(end.expression, Series):
            for item in end.expression.items:
                yield from _tables(walk, Found(item, end.frame, end.hops, entered))
        else:
            table = Found(end.expression, end.frame, (*end.hops, *place.hops), entered)
            yield table, place


def _picked(walk: Walk, lists: tuple[Found, ...], name: str, given: Found) -> tuple[Found, ...]:
    """Keep the tables of lists that hold the given text under a name; all, where none does."""
    wanted = _texts(walk, given)
    tables = tuple(
        Found(item, end.frame, end.hops, end.entered or each.entered)
        for each in lists
        for end in walk.follow(each.expression, each.frame)
        if isinstance(end, Found) and isinstance(end.expression, Series)
        for item in end.expression.items
    )
    kept = tuple(
        table
        for table in tables
        if any(wanted & _texts(walk, value) for value in _inside(walk, table, name))
    )
    return kept or lists


def _texts(walk: Walk, found: Found) -> frozenset[str]:
    return frozenset(
        end.expression.value
        for end in walk.follow(found.expression, found.frame)
        if isinstance(end, Found) and isinstance(end.expression, Text)
    )


def _named(arguments: Arguments, surface: Surface) -> Arguments:
    return {surface.aliases.get(name, name): value for name, value in arguments.items()}


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
            else:  # an object made of a table, or of several
                for given in made.positional:
                    for inner in _inside(walk, Found(given, frame), name):
                        yield inner.expression, inner.frame
        case _:
            pass


def within(frame: Frame, entered: Entered | None) -> Frame:
    """Give a frame as entered from one known call."""
    return replace(frame, callers=(entered,)) if entered else frame
