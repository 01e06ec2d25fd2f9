"""Count the sites of each outcome."""

from __future__ import annotations

from collections.abc import Sequence

from migrator.domain.plan import Total
from migrator.domain.plan_site import PlanSite
from migrator.domain.site import Group, Hold, Outcome

MAY_MOVE = frozenset({Outcome.STRING_ONLY, Outcome.LIGHT_REWRITE})


def totals(sites: Sequence[PlanSite], groups: Sequence[Group]) -> dict[str, Total]:
    """Give, by outcome, its sites, those that get an edit, and those that could move but wait."""
    stuck = {site for group in groups if not group.moves for site in group.sites}
    return {
        outcome.value: Total(
            sites=sum(each.outcome is outcome for each in sites),
            edited=sum(each.outcome is outcome and bool(each.edits) for each in sites),
            held=sum(
                each.outcome is outcome and outcome in MAY_MOVE and each.id in stuck
                for each in sites
                if each.hold is not Hold.REPORTS
            ),
        )
        for outcome in Outcome
    }
