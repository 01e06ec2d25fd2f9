"""Lower names, constants, containers and what is read out of them."""

from __future__ import annotations

import ast

from migrator.domain.expression import (
    Entry,
    Expression,
    Item,
    Member,
    Name,
    Opaque,
    Scalar,
    Series,
    Spread,
    Table,
    Text,
)
from migrator.domain.facts import LookUp, Use
from migrator.frontends.python._reading import Reading
from migrator.frontends.python._spot import ROOT, Spot, held, inside, spelled
from migrator.frontends.python._texts import forward_reference

_CONTAINERS = {ast.List: "list", ast.Tuple: "tuple", ast.Set: "set"}
_PLAIN_KEYS = (ast.Constant, ast.Slice, ast.Tuple, ast.UnaryOp)
_TEXT_NODES = (ast.Constant, ast.JoinedStr)
_VALUES_IN_TYPES = ("Literal", "Annotated")


def lower_name(reading: Reading, node: ast.Name, spot: Spot) -> Expression:  # noqa: ARG001
    """Lower a name; the variable of a comprehension or lambda by its name of its own."""
    name = node.id
    if reading.renamed:
        name = reading.renamed.get(name, name)
    return Name(reading.at(node), name)


def lower_constant(reading: Reading, node: ast.Constant, spot: Spot) -> Expression:
    """Lower a literal."""
    value = node.value
    at = reading.at(node)
    if type(value) is str:
        reading.found_string(at, value, spot)
        if spot.use is Use.ANNOTATION and spot.owner not in _VALUES_IN_TYPES:
            return forward_reference(reading, at, value) or Text(at, value)
        return Text(at, value)
    if isinstance(value, str | bytes | complex) or value is ...:
        return Opaque(at, type(value).__name__)
    return Scalar(at, value)


def lower_attribute(reading: Reading, node: ast.Attribute, spot: Spot) -> Expression:
    """Lower `base.name`; a template that is formatted is part of the text it makes."""
    base = node.value
    if isinstance(base, _TEXT_NODES):
        base_spot = inside(spot, Use.PART if node.attr == "format" else Use.OTHER)
    else:
        base_spot = ROOT
    value = reading.lower(base, base_spot)
    return Member(reading.at(node), value, node.attr)


def lower_subscript(reading: Reading, node: ast.Subscript, spot: Spot) -> Expression:
    """Lower `base[key]`; inside a type the key is a type, or a value it allows."""
    base = reading.lower(node.value, spot)
    name = spelled(node.value)
    last = name.rpartition(".")[2]
    of_type = spot.use is Use.ANNOTATION or last in _VALUES_IN_TYPES
    key_spot = _type_spot(spot, last) if of_type else Spot(Use.INDEX, "", name, spot)
    key = reading.expressions[type(node.slice)](reading, node.slice, key_spot)
    item = Item(reading.at(node), base, key)
    if not of_type and type(node.slice) not in _PLAIN_KEYS:
        reading.lookups.append(LookUp(item, reading.scope.symbol, reading.catching))
    return item


def _type_spot(spot: Spot, last: str) -> Spot:
    outer = spot.outer if spot.use is Use.ANNOTATION else spot
    owner = last if last in _VALUES_IN_TYPES else ""
    return Spot(Use.ANNOTATION, spot.name, owner, outer)


def lower_slice(reading: Reading, node: ast.Slice, spot: Spot) -> Expression:
    """Lower `a:b:c`, from which no single key can be read."""
    bounds = (each for each in (node.lower, node.upper, node.step) if each is not None)
    inner = tuple(reading.lower(each, spot) for each in bounds)
    return Opaque(reading.at(node), "slice", inner)


def lower_series(reading: Reading, node: ast.List | ast.Tuple | ast.Set, spot: Spot) -> Expression:
    """Lower a list, tuple or set."""
    kind = _CONTAINERS[type(node)]
    member = spot if spot.use is Use.ANNOTATION else held(spot, Use.MEMBER)
    expressions = reading.expressions
    items = [expressions[type(each)](reading, each, member) for each in node.elts]
    return Series(reading.at(node), tuple(items), kind)


def lower_dict(reading: Reading, node: ast.Dict, spot: Spot) -> Expression:
    """Lower a dictionary; a value under a literal key is named after it."""
    key_spot = held(spot, Use.KEY)
    owner = key_spot.owner
    entries: list[Entry] = []
    for key, value in zip(node.keys, node.values, strict=True):
        if key is None:
            entries.append(Entry(None, reading.lower(value, spot)))
            continue
        name = key.value if isinstance(key, ast.Constant) and type(key.value) is str else ""
        lowered = reading.lower(key, key_spot)
        value_spot = Spot(Use.VALUE, name, owner, spot)
        entries.append(Entry(lowered, reading.lower(value, value_spot)))
    return Table(reading.at(node), tuple(entries))


def lower_starred(reading: Reading, node: ast.Starred, spot: Spot) -> Expression:
    """Lower `*value`."""
    return Spread(reading.at(node), reading.lower(node.value, spot))
