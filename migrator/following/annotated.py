"""Follow a member of a parameter that no caller in view gives, by the class of its annotation."""

from __future__ import annotations

from migrator.domain.expression import Call, Expression, Item, Member, Name, Series
from migrator.domain.trail import Confidence, Defined, Frame, Hop, HopKind, Lost, Trail
from migrator.following.classes import class_member
from migrator.following.hops import via
from migrator.following.port import Walk
from migrator.following.requests import requested
from migrator.following.scopes import FromParameter, lookup

_WRAPPERS = frozenset({"Annotated", "Optional"})


def by_annotation(walk: Walk, member: Member, frame: Frame) -> tuple[Trail, ...]:
    """Give what the class of a parameter declares for a member, and what requests send for it.

    A decorated function is called by its framework, which fills the fields; of any other it is
    only likely that its callers leave the defaults alone.
    """
    facts = walk.file(frame.path)
    if facts is None or not isinstance(member.base, Name):
        return ()
    found = lookup(facts, frame.symbol, member.base.name, None)
    if not isinstance(found, FromParameter) or found.parameter.annotation is None:
        return ()
    at = member.at.within(frame.path)
    outer = Frame(frame.path, found.scope.parent or "")
    trails: tuple[Trail, ...] = ()
    for end in walk.follow(_plain(found.parameter.annotation), outer):
        if isinstance(end, Defined):
            trails += class_member(walk, end.path, end.symbol, member.name, at)
    framed = any(isinstance(each, Call) for each in found.scope.decorators)
    confidence = Confidence.CERTAIN if framed else Confidence.LIKELY
    hop = Hop(found.parameter.at.within(frame.path), HopKind.ARGUMENT, confidence, member.base.name)
    trails = via(tuple(each for each in trails if not isinstance(each, Lost)), hop)
    return trails + requested(walk, found.scope, frame.path, member.name)


def _plain(annotation: Expression) -> Expression:
    """Take `Annotated[Class, …]` and `Optional[Class]` down to the class."""
    match annotation:
        case Item(base=Name(name=name) | Member(name=name), key=key) if name in _WRAPPERS:
            return key.items[0] if isinstance(key, Series) and key.items else key
        case _:
            return annotation
