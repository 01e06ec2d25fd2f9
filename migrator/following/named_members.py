"""Tell whether a class says anything of a member at all."""

from __future__ import annotations

from migrator.domain.facts import FileFacts, Scope
from migrator.domain.trail import Defined, Frame
from migrator.following.ancestry import class_of
from migrator.following.crew_base import FILES
from migrator.following.port import Walk
from migrator.following.scopes import child


def may_have(walk: Walk, defined: Defined, name: str, seen: tuple[Defined, ...] = ()) -> bool:
    """Tell whether a class or one above it says anything of a member, whatever instance has it.

    An instance may be made in many places: each would be followed up to a base that is silent.
    """
    facts = walk.file(defined.path)
    owner = facts.scopes.get(defined.symbol) if facts else None
    if facts is None or owner is None or defined in seen:
        return False
    if name in FILES or child(facts, owner, name) or _says(facts, owner, name):
        return True
    outer = Frame(defined.path, owner.parent or "")
    return any(
        isinstance(above, Defined) and may_have(walk, above, name, (*seen, defined))
        for base in owner.bases
        for above in walk.follow(class_of(base), outer)
    )


def _says(facts: FileFacts, owner: Scope, name: str) -> bool:
    """Tell whether a class binds a member itself, or its methods do on their first parameter."""
    if any(each.name == name for each in owner.bindings):
        return True
    methods = (each for each in facts.scopes.values() if each.parent == owner.symbol)
    return any(
        binding.name.partition(".")[2] in {name, "*"}
        for method in methods
        for binding in method.bindings
    )
