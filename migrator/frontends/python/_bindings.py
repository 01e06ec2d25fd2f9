"""Record what names, attributes and items are given a value."""

from __future__ import annotations

import ast

from migrator.domain.expression import (
    PART,
    Expression,
    Item,
    Opaque,
    Scalar,
    Series,
    Spread,
    Text,
)
from migrator.domain.facts import Binding, Use
from migrator.frontends.python._reading import Reading
from migrator.frontends.python._spot import ROOT, Spot, spelled


def give_result(reading: Reading, target: ast.expr, value: ast.expr) -> None:
    """Let the call that `value` is, awaited or not, know the name it is assigned to."""
    while isinstance(value, ast.Await):
        value = value.value
    if type(value) is ast.Call and type(target) in (ast.Name, ast.Attribute):
        reading.result = spelled(target)


def assign(reading: Reading, targets: list[ast.expr], value: ast.expr) -> None:
    """Bind every target to a value; literal tuples are taken apart pair by pair."""
    first = targets[0]
    if len(targets) == 1 and type(first) is not ast.Name:
        pairs = _pairs(first, value)
        if pairs:
            for target, part in pairs:
                assign(reading, [target], part)
            return
    give_result(reading, first, value)
    lowered = reading.lower(value, _target_spot(first))
    for target in targets:
        bind(reading, target, lowered)


def _target_spot(target: ast.expr) -> Spot:
    """Tell a value that is put in a table, under its key, from one that gets a name."""
    if isinstance(target, ast.Subscript):
        key = target.slice.value if isinstance(target.slice, ast.Constant) else ""
        return Spot(Use.VALUE, _text(key), spelled(target.value))
    return Spot(Use.ASSIGNED, spelled(target))


def _pairs(target: ast.expr, value: ast.expr) -> list[tuple[ast.expr, ast.expr]]:
    match target, value:
        case (
            (ast.Tuple(elts=names) | ast.List(elts=names)),
            (ast.Tuple(elts=values) | ast.List(elts=values)),
        ) if len(names) == len(values):
            starred = any(isinstance(each, ast.Starred) for each in (*names, *values))
            return [] if starred else list(zip(names, values, strict=True))
        case _:
            return []


def bind(
    reading: Reading,
    target: ast.expr,
    value: Expression | None,
    how: str = "assignment",
    annotation: Expression | None = None,
) -> None:
    """Bind a target of any shape to a lowered value."""
    match target:
        case ast.Name(id=name):
            name = reading.renamed.get(name, name)
            _record(reading, Binding(name, value, reading.at(target), annotation, how))
        case ast.Attribute(value=base):
            _visit_base(reading, base, target.attr, value)
            _record(reading, Binding(spelled(target), value, reading.at(target), annotation, how))
        case ast.Subscript():
            _bind_item(reading, target, value)
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            for element, part in zip(elements, _unpacked(reading, value, elements), strict=True):
                bind(reading, element, part, how)
        case ast.Starred(value=rest):
            bind(reading, rest, value, how)
        case _:
            reading.lower(target, ROOT)


def bind_loop(reading: Reading, target: ast.expr, source: Expression) -> None:
    """Bind the variables of a loop to what it runs over; of a tuple, to the members at its index.

    A tuple's variable is bound to a series of its own only where every row is written out.
    """
    if not isinstance(target, ast.Tuple | ast.List):
        bind(reading, target, source, "loop")
        return
    rows = source.items if isinstance(source, Series) else ()
    width = len(target.elts)
    columns = [each.items for each in rows if isinstance(each, Series) and _whole(each, width)]
    for index, element in enumerate(target.elts):
        if columns and len(columns) == len(rows):
            column = Series(source.at, tuple(row[index] for row in columns))
            bind_loop(reading, element, column)
        elif isinstance(element, ast.Name):
            name = reading.renamed.get(element.id, element.id)
            at = reading.at(element)
            _record(reading, Binding(name, source, at, None, "loop", str(index)))
        else:
            bind(reading, element, Opaque(source.at, "unpacked", (source,)), "loop")


def _visit_base(
    reading: Reading, base: ast.expr, name: str = "", value: Expression | None = None
) -> None:
    """Read the calls and strings in the base of a target, and what its member `name` is given."""
    root = base
    while isinstance(root, ast.Attribute):
        root = root.value
    if isinstance(root, ast.Name):
        return
    lowered = reading.lower(base, ROOT)
    if name and value is not None:
        reading.give_member(lowered, name, value)


def _bind_item(reading: Reading, target: ast.Subscript, value: Expression | None) -> None:
    """Bind `name[key] = value`; of a deeper item, what it holds under the keys further in."""
    _visit_base(reading, target.value)
    under = reading.lower(target.slice, Spot(Use.INDEX, "", spelled(target.value)))
    at = reading.at(target)
    first = _first_item(target)
    if first is not target and value is not None:
        value = Opaque(at, PART, (value, *_keys_inside(reading, target, first)))
    key = _text(first.slice.value) if isinstance(first.slice, ast.Constant) else ""
    computed = under if first is target and not key else None
    name = spelled(first.value)
    _record(reading, Binding(name, value, at, None, "item", key, under=computed))


def _keys_inside(
    reading: Reading, target: ast.Subscript, first: ast.Subscript
) -> tuple[Expression, ...]:
    """Give the keys behind the first, outermost last; none where one of them is no text."""
    keys: list[Expression] = []
    node: ast.expr = target
    while node is not first:
        match node:
            case ast.Subscript(value=base, slice=ast.Constant(value=str() as key)):
                keys.insert(0, Text(reading.at(node.slice), key))
                node = base
            case _:
                return ()
    return tuple(keys)


def _first_item(target: ast.Subscript) -> ast.Subscript:
    """Find the item nearest to the name: `d["a"]` in `d["a"].b["c"]`."""
    found, node = target, target.value
    while isinstance(node, ast.Subscript | ast.Attribute):
        if isinstance(node, ast.Subscript):
            found = node
        node = node.value
    return found


def _text(key: object) -> str:
    return key if isinstance(key, str) else ""


def _record(reading: Reading, binding: Binding) -> None:
    """Keep a binding in the scope its name lives in; what a call returns has no name."""
    name = binding.name
    if name and name[0] != "." and "(" not in name and "[" not in name:
        reading.record(binding)


def _unpacked(
    reading: Reading, value: Expression | None, elements: list[ast.expr]
) -> tuple[Expression | None, ...]:
    """Give what each target of an unpacking gets: an item of the value, by its index."""
    if value is None:
        return (None,) * len(elements)
    starred = [index for index, each in enumerate(elements) if isinstance(each, ast.Starred)]
    if isinstance(value, Series) and not starred and _whole(value, len(elements)):
        return value.items
    star = starred[0] if starred else len(elements)
    # Each item stands where its target does, so that the walk tells them apart.
    places = [reading.at(each) for each in elements]
    return tuple(
        Opaque(value.at, "unpacked", (value,))
        if index == star
        else Item(at, value, Scalar(at, index if index < star else index - len(elements)))
        for index, at in enumerate(places)
    )


def _whole(series: Series, length: int) -> bool:
    spread = any(isinstance(each, Spread) for each in series.items)
    return len(series.items) == length and not spread
