"""Prove that an edit of arguments renames, leaves out or adds the planned ones and nothing else.

Every argument that an edit touches is cut out of both trees: what is left must be the same, and
what was cut out must differ in the planned ways alone.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from migrator.domain.edit import Splice
from migrator.frontends.python._arguments import Argument, arguments_of, containers
from migrator.frontends.python._positions import Positions
from migrator.frontends.python._syntax import tree_of

_LEFT_OUT = re.compile(rb"[\s,]*")


@dataclass(frozen=True, slots=True)
class _Side:
    """One version of a file, with the stretch that each splice stands for in it."""

    content: bytes
    tree: ast.Module
    positions: Positions
    spans: tuple[tuple[int, int], ...]


def prove_arguments(before: bytes, splices: Sequence[Splice], after: bytes) -> str | None:
    """Give the reason why `after` differs from `before` in more than arguments, None if not.

    Raises SyntaxError when one of the two does not parse.
    """
    ordered = sorted(splices, key=lambda each: each.start)
    old = _side(before, [(each.start, each.end) for each in ordered])
    new = _side(after, list(_moved(ordered)))
    old_touched = [_touched(old, span) for span in old.spans]
    new_touched = [_touched(new, span) for span in new.spans]
    for number, splice in enumerate(ordered):
        reason = _change(old, old_touched[number], new_touched[number], splice)
        if reason:
            return reason
    _cut(old_touched)
    _cut(new_touched)
    return None if ast.dump(old.tree) == ast.dump(new.tree) else "other code changed than planned"


def _side(content: bytes, spans: list[tuple[int, int]]) -> _Side:
    return _Side(content, tree_of(content), Positions(content), tuple(spans))


def _moved(splices: Sequence[Splice]) -> Iterator[tuple[int, int]]:
    """Give where each splice's bytes stand in the edited file."""
    grown = 0
    for each in splices:
        start = each.start + grown
        yield start, start + len(each.after)
        grown += len(each.after) - len(each.before)


def _touched(side: _Side, span: tuple[int, int]) -> tuple[Argument, ...]:
    """Give the outermost arguments inside a stretch, else the innermost whose name is there."""
    start, end = span
    inside: list[Argument] = []
    named: Argument | None = None
    for container in containers(side.tree):
        for each in arguments_of(container, side.positions):
            if start <= each.start and each.end <= end:
                if not any(other.start <= each.start < other.end for other in inside):
                    inside.append(each)
            elif isinstance(container, ast.Call) and each.name and each.start == start:
                named = each if end == start + len(each.name.encode()) else named
    return tuple(inside) or ((named,) if named else ())


def _change(
    old: _Side, gone: tuple[Argument, ...], come: tuple[Argument, ...], splice: Splice
) -> str | None:
    """Say what is wrong with a change of one argument: renamed, left out or added."""
    match gone, come:
        case ((one,), (other,)):
            by_name = (splice.before, splice.after) == (one.name.encode(), other.name.encode())
            same = ast.dump(one.value) == ast.dump(other.value)
            return None if by_name and same else "an argument changed in more than its name"
        case ((one,), ()):
            rest = old.content[splice.start : one.start] + old.content[one.end : splice.end]
            return None if _LEFT_OUT.fullmatch(rest) else "more than one argument is left out"
        case ((), (other,)):
            plain = isinstance(other.container, ast.Call) and other.name and _is_plain(other.value)
            return None if plain else "what is added is no literal argument of a call"
        case _:
            return "a planned edit is neither inside one string literal nor of one argument"


def _is_plain(value: ast.expr) -> bool:
    if isinstance(value, ast.Dict):
        return all(isinstance(each, ast.Constant) for each in (*value.keys, *value.values))
    return isinstance(value, ast.Constant)


def _cut(touched: Sequence[tuple[Argument, ...]]) -> None:
    """Take arguments out of their containers."""
    for each in (argument for group in touched for argument in group):
        container = each.container
        if isinstance(container, ast.Dict):
            index = next(n for n, value in enumerate(container.values) if value is each.value)
            del container.keys[index], container.values[index]
        else:
            container.args = [value for value in container.args if value is not each.value]
            container.keywords = [k for k in container.keywords if k.value is not each.value]
