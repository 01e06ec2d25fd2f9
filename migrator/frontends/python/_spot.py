"""Describe the place a value stands in, so that a string literal can tell what it is used for."""

from __future__ import annotations

import ast
from typing import NamedTuple

from migrator.domain.facts import Use


class Spot(NamedTuple):
    """What the value of an expression is used for; `outer` is the use around it."""

    use: Use
    name: str = ""
    owner: str = ""
    outer: Spot | None = None


ROOT = Spot(Use.OTHER)


def inside(spot: Spot, use: Use) -> Spot:
    """Give the spot of a part of the value at `spot` that answers to the same name."""
    return Spot(use, spot.name, spot.owner, spot)


def held(spot: Spot, use: Use) -> Spot:
    """Give the spot of something held by the table or series at `spot`.

    A container's own name becomes the owner of what it holds; what it is compared with does not.
    """
    if spot.owner or spot.use is Use.COMPARED:
        return Spot(use, spot.name, spot.owner, spot)
    return Spot(use, "", spot.name, spot)


def chain(spot: Spot) -> tuple[Use, ...]:
    """List the uses around `spot`, nearest first; uses that say nothing are left out."""
    uses: list[Use] = []
    outer = spot.outer
    while outer is not None:
        if outer.use is not Use.OTHER:
            uses.append(outer.use)
        outer = outer.outer
    return tuple(uses)


def spelled(node: ast.expr) -> str:
    """Write a callee or target as `a.b().c[]`; the part that has no name is left empty."""
    tail = ""
    while True:
        match node:
            case ast.Name(id=name):
                return name + tail
            case ast.Attribute(value=base, attr=attribute):
                node, tail = base, f".{attribute}{tail}"
            case ast.Call(func=callee):
                node, tail = callee, f"(){tail}"
            case ast.Subscript(value=base):
                node, tail = base, f"[]{tail}"
            case ast.Await(value=awaited):
                node = awaited
            case _:
                return tail
