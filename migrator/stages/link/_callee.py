"""Take the callee of a call apart: its member path and its last name."""

from __future__ import annotations

from migrator.domain.expression import Call, Expression, Member, dotted


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


def last_name(callee: Expression) -> str:
    return callee.name if isinstance(callee, Member) else ""
