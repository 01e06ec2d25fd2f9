"""Find what comments to people say of the line that a model's id stands on."""

from __future__ import annotations

from migrator.domain.site import BoundSite
from migrator.domain.source import Place
from migrator.stages.classify._evidence import Evidence

_FARTHEST = 4  # lines from a comment down to the one it speaks of


def remark_beside(bound: BoundSite, evidence: Evidence, verb: str) -> Place | None:
    """Give the place of a remark on the line of the id, or in the lines right above it."""
    reference = bound.reference
    if reference is None:
        return None
    path, line = reference.path, reference.place.line
    for each in evidence.pragmas.get(path, ()):
        near = each.target_line == line and line - each.at.line <= _FARTHEST
        if each.verb == verb and near:
            return each.at.within(path)
    return None
