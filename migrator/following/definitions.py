"""Give the function, class or module that a walk ends at."""

from __future__ import annotations

from migrator.domain.facts import FileFacts, Scope
from migrator.domain.trail import Defined, Trail
from migrator.following.port import Walk


def definition_of(walk: Walk, end: Trail) -> tuple[FileFacts, Scope] | None:
    """Give the scope that an end is, with its file; None for what is not defined in view."""
    facts = walk.file(end.path) if isinstance(end, Defined) else None
    scope = facts.scopes.get(end.symbol) if facts and isinstance(end, Defined) else None
    return (facts, scope) if facts and scope else None
