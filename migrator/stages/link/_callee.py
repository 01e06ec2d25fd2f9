"""Take the callee of a call apart: member paths, type arguments, calls that are put off."""

from __future__ import annotations

from dataclasses import replace

from migrator.domain.expression import Call, Expression, Item, Keyword, Member, Name, Opaque, dotted
from migrator.domain.facts import Invocation

# Callables that take a callable and its arguments, and call it.
PUTTING_OFF = frozenset({"to_thread", "partial", "run_sync", "submit"})


def tail_of(callee: Expression) -> str:
    """Give the last name of a callee."""
    return (dotted(callee) or last_name(callee)).rpartition(".")[2]


def strip_members(
    callee: Expression, members: tuple[str, ...], transparent: frozenset[str]
) -> Expression | None:
    """Take the member path off a callee; what is left is the receiver, None if it does not fit."""
    rest: Expression = callee
    wanted = list(members)
    while True:
        match rest:
            case Member(base=base, name=name) if wanted and name == wanted[-1]:
                wanted.pop()
                rest = base
            case Member(base=base, name=name) if name in transparent:
                rest = base
            case Call(callee=Member(base=base, name=name)) if name in transparent:
                rest = base
            case _:
                return None if wanted else rest


def put_off(invocation: Invocation) -> Invocation:
    """Give the call that is handed over with its arguments, to be made later or elsewhere.

    Who calls a `partial` may add arguments that are not seen here.
    """
    call = invocation.call
    match call.callee, call.positional:
        case ((Member(name=name) | Name(name=name)), (Member() as callee, *rest)) if (
            name in PUTTING_OFF
        ):
            later = (
                (Keyword(None, Opaque(call.at, "later arguments")),) if name == "partial" else ()
            )
            keywords = (*call.keywords, *later)
            made = replace(call, callee=callee, positional=tuple(rest), keywords=keywords)
            return replace(invocation, call=made)
        case _:
            return invocation


def plain(callee: Expression) -> Expression:
    """Take the type arguments off a generic: `Agent[Context](…)` calls `Agent`."""
    return callee.base if isinstance(callee, Item) else callee


def last_name(callee: Expression) -> str:
    return callee.name if isinstance(callee, Member) else ""
