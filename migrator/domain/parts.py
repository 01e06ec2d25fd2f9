"""Walk into the parts of an expression."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from migrator.domain.expression import (
    Call,
    Choice,
    Comparison,
    Expression,
    Item,
    Join,
    Member,
    Name,
    Opaque,
    Scalar,
    Series,
    Spread,
    Table,
    Text,
)


def parts(expression: Expression) -> Iterable[Expression]:
    """Give what an expression is directly made of; the keys of a table are none of it."""
    match expression:
        case Member(base=base) | Item(base=base):
            return (base,)
        case Call(callee=callee, positional=positional, keywords=keywords):
            return (callee, *positional, *(each.value for each in keywords))
        case Comparison(left=left, right=right):
            return left, right
        case Spread(value=value):
            return (value,)
        case Join(parts=inner) | Choice(options=inner) | Series(items=inner) | Opaque(inner=inner):
            return inner
        case Table(entries=entries):
            return tuple(each.value for each in entries)
        case Text() | Scalar() | Name():
            return ()


def everything(expression: Expression) -> Iterator[Expression]:
    """Yield an expression and all that is inside it."""
    yield expression
    for part in parts(expression):
        yield from everything(part)


def names(expression: Expression) -> frozenset[str]:
    """Give the bare names that an expression mentions."""
    return frozenset(each.name for each in everything(expression) if isinstance(each, Name))
