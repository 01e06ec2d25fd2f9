"""Follow `base[key]`, and what is put under the key before it is read."""

from __future__ import annotations

from migrator.domain.expression import Expression, Item, Name, Opaque, Series, Table
from migrator.domain.facts import Parameter
from migrator.domain.trail import Confidence, Defined, Found, Frame, Hop, HopKind, Lost, Trail
from migrator.following.assigned import put_before, put_where_made
from migrator.following.attributes import attribute_of
from migrator.following.callers import follow_parameter
from migrator.following.classes import class_member
from migrator.following.hops import entered_with, via
from migrator.following.items import item_of, known_key
from migrator.following.port import Walk
from migrator.following.scopes import FromParameter, lookup


def follow_item(walk: Walk, expression: Item, frame: Frame) -> tuple[Trail, ...]:
    """Give the ends of an item; every value of a table when its key cannot be known."""
    if isinstance(expression.key, Opaque) and expression.key.what == "slice":
        ends = walk.follow(expression.base, frame)
        if all(isinstance(each, Found) and isinstance(each.expression, Series) for each in ends):
            at = expression.at.within(frame.path)
            return via(ends, Hop(at, HopKind.KEY, Confidence.LIKELY, "a slice"))
    key = known_key(walk, expression.key, frame)
    return entry_ends(walk, expression, expression.base, key, frame)


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
    trails = put
    for end in walk.follow(base, frame):
        ends = item_of(walk, end, key, at)
        match end:
            case Found(expression=Table() as table, frame=inside) if isinstance(key, str):
                if (inside.path, inside.symbol) != (frame.path, frame.symbol):
                    ends = put_where_made(walk, table, key, inside) or ends
            case Defined(path=path, symbol=symbol) if symbol and isinstance(key, str):
                ends = class_member(walk, path, symbol, key, at) or ends
            case _:
                pass
        trails += entered_with(ends, end)
    return tuple(each for each in trails if not isinstance(each, Lost)) if put else trails


def extra_keyword(walk: Walk, base: Expression, key: str, frame: Frame) -> tuple[Trail, ...]:
    """Follow `kwargs[key]` to the callers; none when the base is not what takes all keywords."""
    facts = walk.file(frame.path)
    if facts is None or not isinstance(base, Name):
        return ()
    found = lookup(facts, frame.symbol, base.name, base.at.start)
    if not isinstance(found, FromParameter) or found.parameter.kind != "table":
        return ()
    named = Parameter(key, None, None, "keyword", found.parameter.at)
    return follow_parameter(walk, facts, found.scope, named, frame)
