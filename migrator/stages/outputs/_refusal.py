"""Find tests and tables that refuse an item of a kind that they do not know."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.expression import (
    Call,
    Choice,
    ChoiceKind,
    Comparison,
    Expression,
    Item,
    Member,
    Name,
    Opaque,
    Series,
    Table,
    Text,
)
from migrator.domain.facts import Course, Guard
from migrator.domain.parts import everything
from migrator.domain.source import Location
from migrator.domain.trail import Found, Frame
from migrator.following.port import Walk
from migrator.stages.outputs._taker import Taker

_NEW = "reasoning"  # the kind of item that the target puts first


def refusals(taker: Taker, walk: Walk) -> Iterator[Location]:
    """Yield where an item of the new kind raises: a test on its type, or a look-up by it.

    None where the function speaks of that kind itself.
    """
    facts, scope = taker.on.facts, taker.on.scope
    items = taker.typed()
    if not items:
        return
    guards = [each for each in facts.guards if each.scope == scope.symbol]
    if any(_speaks_of_it(each.test) for each in guards):
        return
    for guard in guards:
        holds = _holds(guard.test, items)
        if holds is not None and _raises(guard, holds=holds):
            yield guard.test.at
    frame = Frame(facts.path, scope.symbol)
    for look_up in facts.lookups:
        item = look_up.item
        by_type = look_up.scope == scope.symbol and _is_type(item.key, items)
        if by_type and not look_up.caught and _lacks(walk, item, frame):
            yield item.at


def _raises(guard: Guard, *, holds: bool) -> bool:
    if guard.asserts:
        return not holds
    branch = guard.then if holds else guard.otherwise
    return branch is not None and branch.course is Course.RAISES


def _holds(test: Expression, items: frozenset[str]) -> bool | None:
    """Tell whether a test holds for an item of the new kind; None where it asks something else."""
    match test:
        case Comparison(left=left, operator=operator, right=right) if _is_type(left, items):
            known = _texts(right)
            if known is None:
                return None
            equal = _NEW in known
            return {"==": equal, "in": equal, "!=": not equal, "not in": not equal}.get(operator)
        case Call(callee=Name(name="isinstance"), positional=(Name(name=name), kind)):
            named = {e.name for e in everything(kind) if isinstance(e, Name | Member)}
            if name not in items or not named:
                return None
            return any(_NEW in each.lower() for each in named)
        case Opaque(what="not", inner=(inner,)):
            inside = _holds(inner, items)
            return None if inside is None else not inside
        case Opaque(what="and", inner=operands):
            return _all(operands, items, stops=False)
        case Choice(kind=ChoiceKind.FALLBACK, options=operands):
            return _all(operands, items, stops=True)
        case _:
            return None


def _all(operands: tuple[Expression, ...], items: frozenset[str], *, stops: bool) -> bool | None:
    """Join what operands say: one that is `stops` decides, and else all have to be known."""
    said = [_holds(each, items) for each in operands]
    if stops in said:
        return stops
    return None if None in said else not stops


def _texts(value: Expression) -> frozenset[str] | None:
    match value:
        case Text(value=text):
            return frozenset({text})
        case Series(items=items):
            texts = [each.value for each in items if isinstance(each, Text)]
            return frozenset(texts) if len(texts) == len(items) else None
        case _:
            return None


def _is_type(value: Expression, items: frozenset[str]) -> bool:
    match value:
        case Member(base=Name(name=name), name="type"):
            return name in items
        case Item(base=Name(name=name), key=Text(value="type")):
            return name in items
        case _:
            return False


def _speaks_of_it(test: Expression) -> bool:
    return any(isinstance(each, Text) and each.value == _NEW for each in everything(test))


def _lacks(walk: Walk, item: Item, frame: Frame) -> bool:
    """Whether what an item is looked up in is a table in view without the new kind."""
    ends = walk.follow(item.base, frame)
    tables = [e.expression for e in ends if isinstance(e, Found)]
    if not tables or len(tables) < len(ends):
        return False
    return all(
        isinstance(table, Table)
        and all(isinstance(entry.key, Text) and entry.key.value != _NEW for entry in table.entries)
        for table in tables
    )
