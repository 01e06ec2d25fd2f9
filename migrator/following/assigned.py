"""Find what is put under a key of a named table before the table is read."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.expression import PART, Expression, Opaque, Table, Text, dotted
from migrator.domain.facts import Binding, Scope
from migrator.domain.trail import Found, Frame, Hop, HopKind, Trail
from migrator.following.grown import name_of
from migrator.following.hops import via
from migrator.following.items import entry_of
from migrator.following.port import Walk
from migrator.following.scopes import visible_scopes

Put = tuple[Binding, Scope, bool]


def put_before(
    walk: Walk, base: Expression, key: str | int | None, frame: Frame
) -> tuple[tuple[Trail, ...], bool]:
    """Follow `name[key] = value` and `name.update(key=value)` that come before a read of the key.

    The second value tells whether one of them surely replaced what the table was made with.
    """
    name, facts = dotted(base), walk.file(frame.path)
    if name is None or facts is None or not isinstance(key, str):
        return (), False
    found: list[Put] = []
    for scope in visible_scopes(facts, frame.symbol):
        here = scope.symbol == frame.symbol
        found += [
            (each, scope, here)
            for each in scope.bindings
            if each.name == name and (not here or each.at.start < base.at.start)
        ]
        if found or any(each.name == name for each in scope.parameters):
            break
    return _followed(walk, found, key, frame)


def put_where_made(walk: Walk, table: Table, key: str, frame: Frame) -> tuple[Trail, ...]:
    """Follow what a table gains under a key in the scope that made it."""
    facts = walk.file(frame.path)
    name = name_of(facts, table) if facts else None
    scope = facts.scopes.get(frame.symbol) if facts else None
    if name is None or scope is None:
        return ()
    found = [(each, scope, True) for each in scope.bindings if each.name == name]
    return _followed(walk, found, key, frame)[0]


def is_part(trails: tuple[Trail, ...]) -> bool:
    """Whether what was put somewhere went deeper in, so that the rest stays as it was."""
    return any(isinstance(each, Found) and part_of(each) is not None for each in trails)


def part_of(end: Found) -> tuple[Expression, tuple[str, ...]] | None:
    """Give what was put further into an item, and the keys that lead there; None for all else."""
    match end.expression:
        case Opaque(what=what, inner=(value, *keys)) if what == PART and keys:
            return value, tuple(each.value for each in keys if isinstance(each, Text))
        case _:
            return None


def _followed(
    walk: Walk, found: list[Put], key: str, frame: Frame
) -> tuple[tuple[Trail, ...], bool]:
    trails: tuple[Trail, ...] = ()
    replaced = False
    for binding, scope, here in found:
        if binding.how == "assignment" and not binding.conditional:
            trails, replaced = (), False  # the table is made anew
            continue
        inside = frame.inside(scope.symbol)
        if here and not walk.runs(inside, binding.at.start):
            continue
        put = tuple(_put(walk, binding, key, inside))
        if put and here and not binding.conditional and not is_part(put):
            trails, replaced = put, True
        else:
            trails += put
    return trails, replaced


def _put(walk: Walk, binding: Binding, key: str, frame: Frame) -> Iterator[Trail]:
    at = binding.at.within(frame.path)
    if binding.value is None:
        return
    if binding.how == "item" and binding.key == key:
        yield from via(walk.follow(binding.value, frame), Hop(at, HopKind.KEY, detail=key))
    elif binding.how == "augmented" or (binding.how == "call" and binding.key == "update"):
        for end in walk.follow(binding.value, frame):
            if isinstance(end, Found) and isinstance(end.expression, Table):
                yield from entry_of(walk, end.expression, end.frame, key, at)
