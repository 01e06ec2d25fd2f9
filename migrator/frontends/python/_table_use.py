"""Tell whether an argument that stands in a table is sent by certain calls and nothing else."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from migrator.domain.source import Location
from migrator.frontends.python._arguments import Argument
from migrator.frontends.python._positions import Positions

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Slot:
    """An entry added to a table: `table["name"] = value`."""

    name: str
    key: ast.Constant
    table: str
    statement: ast.Assign


def find_slot(tree: ast.AST, positions: Positions, name: str, value: int) -> Slot | None:
    """Find the statement that adds the entry of that name whose value begins at a byte."""
    for node in ast.walk(tree):
        match node:
            case ast.Assign(
                targets=[ast.Subscript(value=ast.Name(id=table), slice=ast.Constant() as key)]
            ) if key.value == name and positions.at(node.value).start == value:
                return Slot(name, key, table, node)
            case _:
                continue
    return None


def sent_by_these_alone(
    tree: ast.Module, positions: Positions, written: Argument | Slot, calls: Sequence[Location]
) -> bool:
    """Whether an argument stands inside one of the calls, or in a local table only they use."""
    spans = {(each.start, each.end) for each in calls}
    at = positions.at(written.statement if isinstance(written, Slot) else written.container)
    if any(start <= at.start and at.end <= end for start, end in spans):
        return True
    table = isinstance(written, Slot) or isinstance(written.container, ast.Dict)
    function = _around(tree, positions, at) if table else None
    if function is None:
        return False
    name = written.table if isinstance(written, Slot) else _name_of(function, written.container)
    return bool(name) and _only_splatted(function, positions, name, spans)


def _around(tree: ast.Module, positions: Positions, at: Location) -> Function | None:
    """Find the innermost function around a place."""
    found: Function | None = None
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            span = positions.at(node)
            if span.start <= at.start and at.end <= span.end:
                found = node
    return found


def _name_of(function: Function, table: ast.AST) -> str:
    """Give the name that a table literal is assigned to in a function, empty if there is none."""
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if value is table:
                return name
            case ast.AnnAssign(target=ast.Name(id=name), value=value) if value is table:
                return name
            case _:
                continue
    return ""


def _only_splatted(
    function: Function, positions: Positions, name: str, calls: set[tuple[int, int]]
) -> bool:
    parents = {child: node for node in ast.walk(function) for child in ast.iter_child_nodes(node)}
    stores = 0
    for node in _mentions(function, name):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            stores += 1
        elif not isinstance(node, ast.Name) or not _harmless(node, parents, positions, calls):
            return False
    return stores == 1


def _mentions(function: Function, name: str) -> Iterator[ast.AST]:
    for node in ast.walk(function):
        match node:
            case ast.Name(id=own) if own == name:
                yield node
            case ast.arg(arg=own) if own == name:
                yield node
            case ast.Global(names=names) | ast.Nonlocal(names=names) if name in names:
                yield node
            case _:
                continue


def _harmless(
    node: ast.Name,
    parents: Mapping[ast.AST, ast.AST],
    positions: Positions,
    calls: set[tuple[int, int]],
) -> bool:
    """Whether a use of the table splats it into one of the calls, or adds an entry to it."""
    parent = parents[node]
    match parent:
        case ast.keyword(arg=None):
            call = parents[parent]
            at = positions.at(call) if isinstance(call, ast.Call) else None
            return at is not None and (at.start, at.end) in calls
        case ast.Subscript(value=value, ctx=ast.Store()):
            return value is node and isinstance(parents[parent], ast.Assign)
        case _:
            return False
