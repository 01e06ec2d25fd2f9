"""List the arguments of calls and the entries of tables with their bytes, and find one of them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from migrator.frontends.python._positions import Positions

Container: TypeAlias = ast.Call | ast.Dict


@dataclass(frozen=True, slots=True)
class Argument:
    """One element between the brackets of a call or table; `[start, end)` are its bytes.

    `name` is empty for one without a name that is written there. `index` counts the elements of
    the `container` in the order of their places.
    """

    name: str
    start: int
    end: int
    value: ast.expr
    container: Container
    index: int


def containers(tree: ast.AST) -> Iterator[Container]:
    """Give every call and table literal, outer ones first."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call | ast.Dict))


def arguments_of(container: Container, positions: Positions) -> tuple[Argument, ...]:
    """Give the elements of a call or table in the order of their places."""
    if isinstance(container, ast.Dict):
        found = list(_entries(container, positions))
    else:
        found = [*_positional(container, positions), *_keywords(container, positions)]
    found.sort(key=lambda each: each[1])
    return tuple(
        Argument(name, start, end, value, container, index)
        for index, (name, start, end, value) in enumerate(found)
    )


def find_argument(tree: ast.AST, positions: Positions, name: str, value: int) -> Argument | None:
    """Find the argument of that name whose value begins at a byte."""
    for container in containers(tree):
        for each in arguments_of(container, positions):
            if each.name == name and positions.at(each.value).start == value:
                return each
    return None


_Parts: TypeAlias = tuple[str, int, int, ast.expr]


def _positional(call: ast.Call, positions: Positions) -> Iterator[_Parts]:
    for each in call.args:
        at = positions.at(each)
        yield "", at.start, at.end, each


def _keywords(call: ast.Call, positions: Positions) -> Iterator[_Parts]:
    for each in call.keywords:
        at = positions.at(each)
        yield each.arg or "", at.start, at.end, each.value


def _entries(table: ast.Dict, positions: Positions) -> Iterator[_Parts]:
    for key, value in zip(table.keys, table.values, strict=True):
        at = positions.at(value)
        if key is None:
            # The two stars of a splat stand before its value, with nothing but blanks between.
            stars = positions.content.rindex(b"**", 0, at.start)
            yield "", stars, at.end, value
        else:
            yield _written(key), positions.at(key).start, at.end, value


def _written(key: ast.expr) -> str:
    return key.value if isinstance(key, ast.Constant) and type(key.value) is str else ""
