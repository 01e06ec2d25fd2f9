"""Read what a table gains in the functions that it comes through on its way to a call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from migrator.domain.expression import Name, Table
from migrator.domain.facts import ScopeKind
from migrator.domain.trail import Found, Frame, Hop, HopKind, Lost
from migrator.following.grown import name_of
from migrator.following.port import Walk
from migrator.stages.link._changed_by_calls import AFTER_ALL, grow_elsewhere
from migrator.stages.link._growth import Arguments, Unfold, grow


def grown_on_the_way(
    walk: Walk, end: Found, frame: Frame, entries: Arguments, unfold: Unfold
) -> list[Lost]:
    """Add what a table gained where it was made, and in each function that handed it on.

    `frame` is where it is taken in. Gives what could not be followed.
    """
    lost: list[Lost] = []
    for last, where in (*_made_there(walk, end), *_held(walk, end.hops, frame)):
        lost += grow(walk, last, where, entries, unfold)
        lost += grow_elsewhere(walk, last, where, entries, unfold)
    return lost


def _made_there(walk: Walk, end: Found) -> Iterator[tuple[Name, Frame]]:
    """Give the name that a table is written under, read behind all that its function does."""
    table, frame = end.expression, end.frame
    facts = walk.file(frame.path)
    name = name_of(facts, table) if facts and isinstance(table, Table) else None
    scope = facts.scopes.get(frame.symbol) if facts else None
    if name is not None and scope is not None:
        yield Name(replace(scope.at, start=AFTER_ALL, end=AFTER_ALL), name), frame


def _held(walk: Walk, hops: Iterable[Hop], frame: Frame) -> Iterator[tuple[Name, Frame]]:
    """Give each name that a function gave to a table which it got and handed back.

    Names that are seen from `frame`, and the one that the table is written under, are left out.
    """
    for hop in hops:
        facts = walk.file(hop.at.path) if hop.kind is HopKind.ASSIGNMENT else None
        for scope in facts.scopes.values() if facts and "." not in hop.detail else ():
            if scope.kind is not ScopeKind.FUNCTION or (hop.at.path, scope.symbol) == (
                frame.path,
                frame.symbol,
            ):
                continue
            given = [
                each
                for each in scope.bindings
                if each.name == hop.detail and each.at.within(hop.at.path) == hop.at
            ]
            if given and not isinstance(given[0].value, Table):
                last = Name(replace(scope.at, start=AFTER_ALL, end=AFTER_ALL), hop.detail)
                yield last, Frame(hop.at.path, scope.symbol)
