"""Tell what changed from what was planned: the plan alone before apply, the result after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from migrator.domain.edit import EditKind
from migrator.domain.plan import FreedSite, Plan, PlanEdit, PlanGroup
from migrator.domain.plan_site import PlanSite
from migrator.domain.result import Result
from migrator.domain.summary import Lane, Summary, ordered, summarise

NOT_CHOSEN = "ready, and not chosen for this branch"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A plan with what came of it; `changed` are site ids, `dropped` maps a group to its reason.

    `edits` are those that were made, or would be; `outside` those outside the upgrade guide, and
    `freed` is what a second plan says of the sites that these free.
    """

    plan: Plan
    summary: Summary
    result: Result | None
    changed: frozenset[str]
    dropped: Mapping[str, str]
    edits: tuple[PlanEdit, ...]
    group_of: Mapping[str, PlanGroup]
    outside: tuple[PlanEdit, ...]
    freed: Mapping[str, FreedSite]

    @property
    def movable(self) -> frozenset[str]:
        """The sites that the plan moves."""
        return frozenset(site.id for site in self.summary.lanes[Lane.MOVES])

    @property
    def changed_sites(self) -> tuple[PlanSite, ...]:
        """The sites that changed, or would, by path and line."""
        return ordered(site for site in self.plan.sites if site.id in self.changed)

    @property
    def left_sites(self) -> tuple[PlanSite, ...]:
        """All other sites, by path and line."""
        return ordered(site for site in self.plan.sites if site.id not in self.changed)

    def left_because(self, site: PlanSite) -> str:
        """Say why a site was left: dropped, not chosen, held, or its own reason."""
        group = self.group_of.get(site.id)
        dropped = self.dropped.get(group.id) if group else None
        if dropped:
            return f"planned, then dropped: {dropped}"
        return NOT_CHOSEN if self.was_not_chosen(site) else self.summary.reason(site)

    def was_not_chosen(self, site: PlanSite) -> bool:
        """Tell whether a site could have moved, and its group was not asked for."""
        group = self.group_of.get(site.id)
        if self.result is None or group is None or group.id in self.dropped:
            return False
        return site.id not in self.changed and site.id in self.movable


def tell(plan: Plan, result: Result | None) -> Story:
    """Join a plan with the result of applying it, where there is one."""
    summary = summarise(plan)
    if result is None:
        changed = frozenset(site.id for site in summary.lanes[Lane.MOVES])
        dropped: dict[str, str] = {}
    else:
        changed = frozenset(site for commit in result.commits for site in commit.sites)
        dropped = {each.group: each.reason for each in result.dropped}
    group_of = {site: group for group in plan.groups for site in group.sites}
    made = _edits(plan, result)
    outside = made if result else plan.unblocking.edits
    return Story(
        plan=plan,
        summary=summary,
        result=result,
        changed=changed,
        dropped=dropped,
        edits=made,
        group_of=group_of,
        outside=tuple(each for each in outside if each.kind is EditKind.UNBLOCK),
        freed={each.site: each for each in plan.unblocking.sites},
    )


def _edits(plan: Plan, result: Result | None) -> tuple[PlanEdit, ...]:
    if result is None:
        return plan.edits
    # A group is committed whole, in commits of one kind or mixed.
    done = {group for commit in result.commits for group in commit.groups}
    return tuple(edit for edit in plan.edits if edit.group in done)
