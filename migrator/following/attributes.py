"""Follow the members of an object that are read as the entries of a table: `vars(options)[key]`."""

from __future__ import annotations

from migrator.domain.expression import Call, Expression, Member, Name
from migrator.domain.trail import Found, Frame, Trail
from migrator.following.port import Walk


def attribute_of(
    walk: Walk, read: Expression, table: Expression, key: str, frame: Frame
) -> tuple[Trail, ...]:
    """Give the ends of a member that `read` reads out of `vars(owner)` or `owner.__dict__`."""
    owner = _owner(table)
    if owner is not None:
        return walk.follow(Member(read.at, owner, key), frame)
    if not isinstance(table, Name | Call):
        return ()
    for end in walk.follow(table, frame):
        owner = _owner(end.expression) if isinstance(end, Found) else None
        if isinstance(end, Found) and owner is not None:
            return walk.follow(Member(read.at, owner, key), end.frame)
    return ()


def _owner(table: Expression) -> Expression | None:
    match table:
        case Call(callee=Name(name="vars"), positional=(owner,)):
            return owner
        case Member(base=owner, name="__dict__"):
            return owner
        case _:
            return None
