"""Find what is set on objects of a class outside it: `desk.temperature = 0.2`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrator.domain.expression import Call, Expression, Member, Name
from migrator.domain.facts import Binding, FileFacts, ScopeKind
from migrator.domain.trail import Defined, Found, Frame, Hop, HopKind, Trail
from migrator.following.ancestry import class_of
from migrator.following.hops import entered_by, via
from migrator.following.port import Walk

_OWN = frozenset({"self", "cls"})
_MOST_BASES = 4


def set_outside(facts: FileFacts) -> Iterator[tuple[Frame, Binding]]:
    """Give the bindings of members, but for those of `self`, with the frames of their values."""
    for scope in facts.scopes.values():
        for each in scope.bindings:
            plain = each.how == "assignment" and each.value is not None and "." in each.name
            if plain and each.name.rpartition(".")[0] not in _OWN:
                yield Frame(facts.path, scope.symbol), each


def values_set(walk: Walk, trails: tuple[Trail, ...]) -> tuple[Trail, ...]:
    """Give what the members that a value was read from are set to on objects of their class."""
    read = dict.fromkeys(
        hop.detail for end in trails for hop in end.hops if hop.kind is HopKind.FIELD
    )
    found: tuple[Trail, ...] = ()
    for detail in read:
        owner, _, name = detail.rpartition(".")
        for frame, binding in walk.callers.set_on(name):
            if binding.value is not None and _is_of(walk, binding, frame, owner):
                hop = Hop(binding.at.within(frame.path), HopKind.FIELD, detail=detail)
                found += entered_by(via(walk.follow(binding.value, frame), hop), None)
    return found


def _is_of(walk: Walk, binding: Binding, frame: Frame, owner: str) -> bool:
    """Whether the member that is set belongs to an object of a class, or to the class itself."""
    for end in walk.follow(_owner(binding), frame):
        match end:
            case Found(expression=Call() as made, frame=inside):
                classes = walk.follow(made.callee, inside)
            case Defined():
                classes = (end,)
            case _:
                continue
        if any(isinstance(e, Defined) and _derives(walk, e, owner) for e in classes):
            return True
    return False


def _derives(walk: Walk, found: Defined, owner: str, depth: int = 0) -> bool:
    facts = walk.file(found.path)
    scope = facts.scopes.get(found.symbol) if facts else None
    if scope is None or scope.kind is not ScopeKind.CLASS or depth > _MOST_BASES:
        return False
    if found.symbol == owner:
        return True
    outer = Frame(found.path, scope.parent or "")
    above = (end for base in scope.bases for end in walk.follow(class_of(base), outer))
    return any(isinstance(end, Defined) and _derives(walk, end, owner, depth + 1) for end in above)


def _owner(binding: Binding) -> Expression:
    """Write the owner of a member as it stands at the start of its binding."""
    first, *rest = binding.name.split(".")[:-1]
    at = replace(binding.at, end=binding.at.start + len(first.encode()))
    found: Expression = Name(at, first)
    for each in rest:
        at = replace(at, end=at.end + len(each.encode()) + 1)
        found = Member(at, found, each)
    return found
