"""Tell whether what is set belongs to any object that a method may be called on."""

from __future__ import annotations

from migrator.domain.expression import Call, Expression, Name
from migrator.domain.facts import ScopeKind
from migrator.domain.trail import Defined, Found, Frame
from migrator.following.ancestry import class_of
from migrator.following.port import Walk
from migrator.following.scopes import method_of_self

_MOST_BASES = 4


def may_be_self(walk: Walk, one: Expression, there: Frame, other: Expression, here: Frame) -> bool:
    """Whether `other` is the `self` of a method of no known object, and `one` may be that."""
    facts = walk.file(here.path)
    if facts is None or here.callers or here.own or not isinstance(other, Name):
        return False
    owner = method_of_self(facts, here.symbol, other.name)
    key = (facts.path, owner.symbol) if owner else ("", "")
    for end in walk.follow(one, there) if owner else ():
        match end:
            case Found(expression=Call() as made, frame=inside):
                classes = walk.follow(made.callee, inside)
            case _:
                continue
        if any(isinstance(e, Defined) and _derives(walk, e, key) for e in classes):
            return True
    return False


def _derives(walk: Walk, found: Defined, key: tuple[str, str], depth: int = 0) -> bool:
    facts = walk.file(found.path)
    scope = facts.scopes.get(found.symbol) if facts else None
    if scope is None or scope.kind is not ScopeKind.CLASS or depth > _MOST_BASES:
        return False
    if (found.path, found.symbol) == key:
        return True
    outer = Frame(found.path, scope.parent or "")
    above = (end for base in scope.bases for end in walk.follow(class_of(base), outer))
    return any(isinstance(end, Defined) and _derives(walk, end, key, depth + 1) for end in above)
