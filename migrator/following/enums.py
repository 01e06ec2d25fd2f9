"""Tell which classes are enums, and what their members are."""

from __future__ import annotations

from migrator.domain.expression import Expression
from migrator.domain.facts import ScopeKind
from migrator.domain.trail import Defined
from migrator.following.ancestry import outside_names
from migrator.following.port import Walk


def members_of(walk: Walk, path: str, symbol: str) -> tuple[Expression, ...] | None:
    """Give the values of an enum's members; None for anything else."""
    facts = walk.file(path)
    scope = facts.scopes.get(symbol) if facts else None
    if scope is None or scope.kind is not ScopeKind.CLASS:
        return None
    if not any(name.startswith("enum.") for name in outside_names(walk, (Defined(path, symbol),))):
        return None
    return tuple(each.value for each in scope.bindings if each.value is not None)
