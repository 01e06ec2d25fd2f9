"""Choose the groups to carry out; a group moves whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from migrator.domain.edit import EditKind
from migrator.domain.plan import Plan, PlanEdit, PlanGroup
from migrator.domain.plan_site import PlanSite
from migrator.domain.result import Dropped
from migrator.domain.site import Hold, Outcome
from migrator.domain.wording import listed

_MOST_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the user asked for: these outcomes and these sites (empty means all of them)."""

    outcomes: tuple[Outcome, ...] = ()
    sites: tuple[str, ...] = ()
    unblock: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The edits of each chosen group, in the plan's order, and the groups left out."""

    edits: Mapping[str, tuple[PlanEdit, ...]]
    dropped: tuple[Dropped, ...]


def unknown_sites(plan: Plan, choice: Choice) -> tuple[str, ...]:
    """List the sites that were asked for and that the plan does not have."""
    known = {site.id for site in plan.sites}
    return tuple(each for each in choice.sites if each not in known)


def contradictions(plan: Plan) -> tuple[str, ...]:
    """List the edits that a plan cannot hold: of no group, of a held one, or of an unread file."""
    groups = {group.id: group for group in plan.groups}
    read = {file.path for file in plan.files}
    found: list[str] = []
    for edit in plan.edits:
        group = groups.get(edit.group)
        if group is None:
            found.append(f"edit {edit.id} belongs to no group of the plan")
        elif edit.kind is not EditKind.UNBLOCK and not group.moves:
            found.append(f"edit {edit.id} belongs to {edit.group}, which does not move")
        elif edit.path not in read:
            found.append(f"edit {edit.id} changes {edit.path}, which the plan does not list")
    return tuple(found)


def select(plan: Plan, choice: Choice) -> Selection:
    """Give the edits of the groups that are chosen whole; name those chosen in part."""
    by_group: dict[str, list[PlanEdit]] = {}
    for edit in plan.edits:
        if edit.kind is not EditKind.UNBLOCK or choice.unblock:
            by_group.setdefault(edit.group, []).append(edit)
    sites = {site.id: site for site in plan.sites}
    edits: dict[str, tuple[PlanEdit, ...]] = {}
    dropped: list[Dropped] = []
    for group in plan.groups:
        if group.id not in by_group:
            continue
        movers = _movers(group, sites)
        left = tuple(site for site in movers if not _chosen(site, choice))
        if not left and (movers or not (choice.outcomes or choice.sites)):
            edits[group.id] = tuple(by_group[group.id])
        elif len(left) < len(movers):
            dropped.append(Dropped(group=group.id, reason=_partly(left)))
    return Selection(edits=edits, dropped=tuple(dropped))


def _movers(group: PlanGroup, sites: Mapping[str, PlanSite]) -> tuple[PlanSite, ...]:
    """Give the sites that decide: those that only follow are carried along, unless all do.

    In a group that edits outside the guide free, the sites that held it decide as well.
    """
    members = tuple(sites[each] for each in group.sites if each in sites)
    deciding = {Hold.MOVES, Hold.HOLDS} if group.held_by else {Hold.MOVES}
    return tuple(site for site in members if site.hold in deciding) or members


def _chosen(site: PlanSite, choice: Choice) -> bool:
    by_outcome = not choice.outcomes or site.outcome in choice.outcomes
    by_id = not choice.sites or site.id in choice.sites
    return by_outcome and by_id


def _partly(left: Sequence[PlanSite]) -> str:
    named = listed([f"{site.path}:{site.line} {site.outcome}" for site in left], _MOST_NAMED)
    return f"partly-chosen: it also moves {named}, not chosen"
