"""Read entries of tables and series by their key, and environment variables by their name."""

from __future__ import annotations

from migrator.domain.expression import Entry, Expression, Scalar, Series, Table, Text
from migrator.domain.source import Place
from migrator.domain.trail import (
    Confidence,
    Found,
    Frame,
    Hop,
    HopKind,
    Lost,
    Outside,
    Trail,
)
from migrator.following.environment import set_in_program
from migrator.following.hops import via
from migrator.following.port import Walk

ENVIRONMENT_TABLES = frozenset({"os.environ"})


def known_key(walk: Walk, key: Expression, frame: Frame) -> str | int | None:
    """Read a key as a literal; None when it may be one of several."""
    ends = walk.follow(key, frame)
    if len(ends) != 1:
        return None
    match ends[0]:
        case Found(expression=Text(value=value)):
            return value
        case Found(expression=Scalar(value=int() as value)) if not isinstance(value, bool):
            return value
        case _:
            return None


def entry_of(
    walk: Walk,
    table: Table,
    frame: Frame,
    key: str | int | None,
    at: Place,
    within: frozenset[Place] = frozenset(),
) -> tuple[Trail, ...]:
    """Give the values of a table under a key, or all of them for an unknown key.

    `within` are the tables that it is splatted into: one of them adds nothing to itself.
    """
    if key is None:
        hop = Hop(at, HopKind.KEY, Confidence.LIKELY, "a key that is not known")
        return via(_all(walk, tuple(each.value for each in table.entries), frame), hop)
    trails: tuple[Trail, ...] = ()
    within = within | {table.at.within(frame.path)}
    for entry in reversed(table.entries):
        if entry.key is None:
            trails += _splatted(walk, entry, frame, key, at, within)
        elif known_key(walk, entry.key, frame) == key:
            facts = walk.file(frame.path)
            configured = facts is not None and facts.document is not None
            kind = HopKind.CONFIG_KEY if configured else HopKind.KEY
            hop = Hop(at, kind, detail=str(key))
            return trails + via(walk.follow(entry.value, frame), hop)
    return trails


def item_of(walk: Walk, base: Trail, key: str | int | None, at: Place) -> tuple[Trail, ...]:
    """Give the ends of `base[key]` for one end of the base."""
    match base:
        case Outside(name=name) if name in ENVIRONMENT_TABLES:
            lost = Lost(f"environment variable {key or '?'} has no default here", at)
            return set_in_program(walk, str(key), at) or (lost,)
        case Outside(name=name):
            return (Outside(f"{name}[]", at),)
        case Found(expression=Table() as table, frame=inside):
            found = via(entry_of(walk, table, inside, key, at), *base.hops)
            return found or (Lost(f"the table has no entry {key!r}", at),)
        case Found(expression=Series(items=items), frame=inside):
            if isinstance(key, int) and -len(items) <= key < len(items):
                hop = Hop(at, HopKind.KEY, detail=str(key))
                return via(walk.follow(items[key], inside), *base.hops, hop)
            hop = Hop(at, HopKind.KEY, Confidence.LIKELY, "an index that is not known")
            return via(_all(walk, items, inside), *base.hops, hop)
        case Lost():
            return (base,)
        case _:
            return (Lost("an item of something that could not be followed", at),)


def _splatted(
    walk: Walk, entry: Entry, frame: Frame, key: str | int, at: Place, within: frozenset[Place]
) -> tuple[Trail, ...]:
    trails: tuple[Trail, ...] = ()
    for end in walk.follow(entry.value, frame):
        if not isinstance(end, Found) or not isinstance(end.expression, Table):
            continue
        if end.expression.at.within(end.frame.path) not in within:
            trails += entry_of(walk, end.expression, end.frame, key, at, within)
    return trails


def _all(walk: Walk, values: tuple[Expression, ...], frame: Frame) -> tuple[Trail, ...]:
    trails: tuple[Trail, ...] = ()
    for value in values:
        trails += walk.follow(value, frame)
    return trails
