"""Evaluate series and tables that are written out, and what they are put together to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from migrator.domain.expression import Expression, Opaque, Series, Spread, Table
from migrator.domain.source import Location
from migrator.domain.trail import Found, Frame
from migrator.following.filled import registered
from migrator.following.filtering import Evaluates
from migrator.following.grown import growth
from migrator.following.outcomes import UNKNOWN, Entries, Evaluated, Many, known

COMBINING = frozenset(
    {"dict", "zip", "enumerate", "collections.OrderedDict", "collections.ChainMap"}
    | {"types.MappingProxyType"}
)

# What stands for a value that no expression of its own gives.
_PAIRED = (Opaque(Location(1, 1, 0, 0), "pair"), Frame("", ""))


def container(on: Evaluates, expression: Series | Table, frame: Frame) -> Evaluated:
    """Give the value of a series or a table that is written out, with what it gains later."""
    more, complete = growth(on.world, expression, frame)
    if isinstance(expression, Series):
        items = tuple(_items(on, expression.items, frame))
        items += tuple(_items(on, (value for _, value, _ in more), frame))
        whole = complete and all(each.known for each in items)
        return known(Many(tuple(each for each in items if each.known), complete=whole))
    entries = Entries({}, complete=complete)
    for entry in expression.entries:
        entries = _with_entry(on, entries, entry.key, entry.value, frame)
    for key, value, inside in more:
        entries = _with_entry(on, entries, key, value, inside)
    return known(entries if complete else _registered(on, entries, expression, frame))


def _registered(on: Evaluates, entries: Entries, table: Table, frame: Frame) -> Entries:
    """Add the functions that code enters in a table; where all keys are known, that is all."""
    kept = registered(on.world, Found(table, frame))
    if kept:
        entries = replace(entries, complete=True)
    for each in kept:
        entries = entries.plus(each.key, (each.value, each.frame))
    return entries


def _with_entry(
    on: Evaluates, entries: Entries, key: Expression | None, value: Expression, frame: Frame
) -> Entries:
    if key is None:
        return entries.merged(on.evaluate(value, frame).value)
    found = on.evaluate(key, frame)
    return entries.plus(found.value if found.known else None, (value, frame))


def _items(on: Evaluates, items: Iterable[Expression], frame: Frame) -> Iterable[Evaluated]:
    for item in items:
        found = on.evaluate(item, frame)
        if not isinstance(item, Spread):
            yield found
        elif isinstance(found.value, Many) and found.value.complete:
            yield from found.value.items
        else:
            yield UNKNOWN


def united(found: list[Evaluated]) -> Evaluated:
    """Give series or tables put together."""
    values = [each.value for each in found]
    if all(isinstance(each, Many) for each in values):
        many = [each for each in values if isinstance(each, Many)]
        items = tuple(item for each in many for item in each.items)
        return known(Many(items, complete=all(each.complete for each in many)))
    if all(isinstance(each, Entries) for each in values):
        entries = Entries({}, complete=True)
        for each in values:
            entries = entries.merged(each)
        return known(entries)
    return replace(UNKNOWN, ours=any(each.ours for each in found))


def combined(name: str, given: list[Evaluated]) -> Evaluated:
    """Give what a built-in or a type of the standard library makes of series and tables."""
    values = [each.value for each in given]
    match name, values:
        case "zip", _ if all(isinstance(each, Many) for each in values):
            return _rows([each for each in values if isinstance(each, Many)])
        case "enumerate", [Many(items=items, complete=complete)]:
            counted = [Many((known(at), each), complete=True) for at, each in enumerate(items)]
            return known(Many(tuple(known(each) for each in counted), complete=complete))
        case "collections.ChainMap", _:
            return united(given[::-1])
        case "zip" | "enumerate", _:
            return UNKNOWN
        case _, [Entries() as entries]:
            return known(entries)
        case _, [Many(items=items, complete=complete)]:
            return _from_pairs(items, complete=complete)
        case _:
            return UNKNOWN


def _rows(columns: list[Many]) -> Evaluated:
    rows = zip(*(each.items for each in columns), strict=False)
    whole = all(each.complete for each in columns)
    return known(Many(tuple(known(Many(row, complete=True)) for row in rows), complete=whole))


def _from_pairs(items: Iterable[Evaluated], *, complete: bool) -> Evaluated:
    """Give the table of pairs; its values are not looked into."""
    entries = Entries({}, complete=complete)
    for each in items:
        key = each.value.at(0) if isinstance(each.value, Many) else None
        entries = entries.plus(key.value if key and key.known else (), _PAIRED)
    return known(entries)
