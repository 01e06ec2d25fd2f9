"""Draft the changes of the groups that move; which bytes they become is a front-end's business."""

from __future__ import annotations

from collections.abc import Sequence

from migrator.domain.edit import ReplaceModel
from migrator.domain.site import DecidedSite, Group, Reference

CLAUSES = (
    "posture.1",
    "workflow.6",
    "workflow.6.1",
    "workflow.6.2",
    "workflow.6.4",
    "workflow.6.5",
    "string-only.5",
    "light.6",
    "scope.1",
)


def draft(
    groups: Sequence[Group], sites: Sequence[DecidedSite], target: str
) -> tuple[ReplaceModel, ...]:
    """Give one change for each reference or mirror of moving groups, in their order «posture.1».

    Only the bare id is replaced: a provider's prefix and a routing suffix stay as they are.
    """
    moving = {site for group in groups if group.moves for site in group.sites}
    changes = {
        change
        for site in sites
        if site.bound.id in moving and site.bound.reference
        for each in site.bound.reference.written
        if (change := _change(each, target)) is not None
    }
    return tuple(sorted(changes, key=lambda each: (each.path, each.at)))


def _change(reference: Reference, target: str) -> ReplaceModel | None:
    if reference.at is None or reference.recognised.id == target:
        return None
    becomes = reference.recognised.becomes(target)
    return ReplaceModel(reference.path, reference.at, reference.recognised.id, becomes)
