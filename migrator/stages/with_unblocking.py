"""Lay the edits outside the upgrade guide over a plan, for those who asked for them."""

from __future__ import annotations

from dataclasses import replace

from migrator.domain.plan import Plan, PlanEdit, PlanGroup
from migrator.domain.plan_site import PlanSite


def with_unblocking(plan: Plan) -> Plan:
    """Give the plan with its freed groups moving; outcomes, findings and totals stay as they are.

    Groups that one edit frees together become one group, under the name of the first.
    """
    layer = plan.unblocking
    freed = {each.site: each for each in layer.sites}

    def site(each: PlanSite) -> PlanSite:
        own = freed.get(each.id)
        if own is None:
            return each
        edits = (*each.edits, *own.edits)
        return replace(each, edits=edits, prompt_edit=own.prompt_edit, effort=own.effort)

    return replace(
        plan,
        sites=tuple(site(each) for each in plan.sites),
        groups=_joined(plan),
        edits=(*plan.edits, *_in_groups(plan)),
    )


def _joined(plan: Plan) -> tuple[PlanGroup, ...]:
    together = {each: ids for ids in plan.unblocking.groups for each in ids}
    by_id = {group.id: group for group in plan.groups}
    groups: list[PlanGroup] = []
    for group in plan.groups:
        ids = together.get(group.id)
        if ids is None:
            groups.append(group)
        elif ids[0] == group.id:
            groups.append(_one_of([by_id[each] for each in ids]))
    return tuple(groups)


def _one_of(groups: list[PlanGroup]) -> PlanGroup:
    return replace(
        groups[0],
        references=tuple(sorted({place for each in groups for place in each.references})),
        sites=tuple(site for each in groups for site in each.sites),
        held_by=tuple(site for each in groups for site in each.held_by),
        moves=True,
        release=(),
    )


def _in_groups(plan: Plan) -> tuple[PlanEdit, ...]:
    first = {each: ids[0] for ids in plan.unblocking.groups for each in ids}
    return tuple(
        replace(edit, group=first.get(edit.group, edit.group)) for edit in plan.unblocking.edits
    )
