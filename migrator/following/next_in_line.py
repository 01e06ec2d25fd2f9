"""Follow `super().name` to the class that comes next for the object that it is read on."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.expression import Member
from migrator.domain.facts import FileFacts, Scope
from migrator.domain.trail import Frame, Outside, Trail
from migrator.following.classes import own_member
from migrator.following.mro import ClassKey, Order, order_of
from migrator.following.port import Walk
from migrator.following.scopes import method_around, owner_class
from migrator.following.selves import selves


def of_next(walk: Walk, facts: FileFacts, expression: Member, frame: Frame) -> tuple[Trail, ...]:
    """Give a member of the next class that has it, in the order of the object's own class.

    Where the object is not known it may be of the class around or of any below: a mixin gets what
    stands behind it in each of those.
    """
    at = expression.at.within(frame.path)
    owner = owner_class(facts, frame.symbol)
    found: dict[ClassKey, tuple[Trail, ...]] = {}
    for order in dict.fromkeys(_behind(walk, facts, owner, frame)) if owner else ():
        for path, symbol in order:
            inner = walk.file(path)
            scope = inner.scopes.get(symbol) if inner else None
            if inner is None or scope is None:
                continue
            if (path, symbol) not in found:
                found[path, symbol] = own_member(walk, inner, scope, expression.name, at, None)
            if found[path, symbol]:
                break
    ends = tuple(end for each in found.values() for end in each)
    return ends or (Outside(f"super().{expression.name}", at),)


def _behind(walk: Walk, facts: FileFacts, owner: Scope, frame: Frame) -> Iterator[Order]:
    """Give the classes that come after the one around, for each class the object may be of."""
    own = (facts.path, owner.symbol)
    method = method_around(facts, frame.symbol)
    known = selves(walk, facts, method, frame) if method else None
    classes = [(each.path, each.symbol) for each in known.instances] if known else []
    if known is None or known.untold or not classes:
        below = walk.callers.below(walk, facts.path, owner.symbol)
        classes += [own, *((path, scope.symbol) for path, scope in below)]
    for each in classes:
        order = order_of(walk, each)
        yield order[order.index(own) + 1 :] if own in order else order_of(walk, own)[1:]
