"""Follow `base[key]`, and what is put under the key before it is read."""

from __future__ import annotations

from dataclasses import replace

from migrator.domain.expression import (
    PART,
    Call,
    Expression,
    Item,
    Member,
    Opaque,
    Series,
    Table,
    Text,
)
from migrator.domain.source import Place
from migrator.domain.trail import Confidence, Defined, Found, Frame, Hop, HopKind, Lost, Trail
from migrator.following.assigned import is_part, part_of, put_before, put_where_made
from migrator.following.attributes import attribute_of
from migrator.following.classes import class_member
from migrator.following.filled import under
from migrator.following.hops import entered_with, via
from migrator.following.items import item_of, known_key
from migrator.following.parameters import extra_keyword
from migrator.following.port import Walk
from migrator.following.registers import registered
from migrator.following.stores import out_of_store


def follow_item(walk: Walk, expression: Item, frame: Frame) -> tuple[Trail, ...]:
    """Give the ends of an item; every value of a table when its key cannot be known."""
    if isinstance(expression.key, Opaque) and expression.key.what == "slice":
        ends = walk.follow(expression.base, frame)
        if all(isinstance(each, Found) and isinstance(each.expression, Series) for each in ends):
            at = expression.at.within(frame.path)
            return via(ends, Hop(at, HopKind.KEY, Confidence.LIKELY, "a slice"))
    at = expression.at.within(frame.path)
    found = registered(walk, expression.base, expression.key, frame, at)
    if found:
        return found
    key = known_key(walk, expression.key, frame)
    return _asked(walk, expression, frame) or entry_ends(
        walk, expression, expression.base, key, frame
    )


def _asked(walk: Walk, read: Item, frame: Frame) -> tuple[Trail, ...]:
    """Ask an object of the project for an item: it has a method for that."""
    ends = walk.follow(read.base, frame)
    if not any(isinstance(each, Found) and isinstance(each.expression, Call) for each in ends):
        return ()
    method = Member(read.at, read.base, "__getitem__")
    if not any(isinstance(each, Defined) for each in walk.follow(method, frame)):
        return ()
    return walk.follow(Call(read.at, method, (read.key,), ()), frame)


def entry_ends(
    walk: Walk, read: Expression, base: Expression, key: str | int | None, frame: Frame
) -> tuple[Trail, ...]:
    """Give what `base` holds under a key where `read` reads it."""
    put, replaced = put_before(walk, base, key, frame)
    if replaced:
        return put
    if isinstance(key, str):
        plain = attribute_of(walk, read, base, key, frame) or extra_keyword(walk, base, key, frame)
        if plain:
            return put + plain
    at = read.at.within(frame.path)
    if isinstance(key, str):
        put += out_of_store(walk, base, key, at)
    trails, parts = put, False
    for end in walk.follow(base, frame):
        ends = item_of(walk, end, key, at)
        match end:
            case Found() if (part := part_of(end)) is not None:
                ends = _inside_of(walk, end, part, key, at)
                parts = parts or bool(ends)
            case Found(expression=Table() as table, frame=inside) if isinstance(key, str):
                if (inside.path, inside.symbol) != (frame.path, frame.symbol):
                    later = put_where_made(walk, table, key, inside)
                    ends = later + ends if is_part(later) else later or ends
            case Defined(path=path, symbol=symbol) if symbol and isinstance(key, str):
                ends = class_member(walk, path, symbol, key, at) or ends
            case _:
                pass
        trails += entered_with(_with_filled(walk, end, ends, key, at), end)
    if put or parts:
        return tuple(each for each in trails if not isinstance(each, Lost))
    return trails or (Lost(f"the table has no entry {key!r}", at),)


def _with_filled(
    walk: Walk, end: Trail, ends: tuple[Trail, ...], key: str | int | None, at: Place
) -> tuple[Trail, ...]:
    """Add what code elsewhere puts into a container: functions, and values where none is seen."""
    sure = tuple(each for each in ends if not isinstance(each, Lost))
    found = tuple(
        each
        for each in under(walk, end, key, at)
        if isinstance(each, Defined) or not (sure or isinstance(each, Lost))
    )
    return (*sure, *found) if found else ends


def _inside_of(
    walk: Walk,
    end: Found,
    part: tuple[Expression, tuple[str, ...]],
    key: str | int | None,
    at: Place,
) -> tuple[Trail, ...]:
    """Give what was put into an item, where it is read under the very key."""
    value, (first, *rest) = part
    if key not in {None, first}:
        return ()
    confidence = Confidence.CERTAIN if key == first else Confidence.LIKELY
    hop = Hop(at, HopKind.KEY, confidence, first)
    if rest:
        keys = (Text(value.at, each) for each in rest)
        deeper = Opaque(end.expression.at, PART, (value, *keys))
        return via((replace(end, expression=deeper),), hop)
    return via(walk.follow(value, end.frame), *end.hops, hop)
