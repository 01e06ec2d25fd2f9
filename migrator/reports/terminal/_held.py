"""Show each held definition: who waits, who holds, and what frees them all."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.plan import PlanGroup
from migrator.domain.plan_site import PlanSite
from migrator.domain.summary import Lane, Summary, model_id, place
from migrator.domain.wording import listed, plural
from migrator.reports.terminal._layout import Row, heading, shorten

MOST_GROUPS = 8
MOST_PLACES = 4


def held(summary: Summary, width: int) -> Iterator[Row]:
    """Give the groups in which a site would move and waits, the longest queue first."""
    waiting = {site.id: site for site in summary.lanes[Lane.HELD]}
    groups = sorted(
        summary.held_groups(), key=lambda group: -len(waiting.keys() & set(group.sites))
    )
    if not waiting:
        return
    yield heading(f"Held: {plural(len(waiting), 'site')} in {plural(len(groups), 'definition')}")
    for group in groups[:MOST_GROUPS]:
        yield from _group(group, summary, width)
    if len(groups) > MOST_GROUPS:
        yield Row(f"and {plural(len(groups) - MOST_GROUPS, 'more definition')}: migrate plan -v")
    grouped = {site for group in groups for site in group.sites}
    for site in (site for key, site in waiting.items() if key not in grouped):
        yield Row(f"{shorten(place(site), width // 2)}: {site.why}")


def _group(group: PlanGroup, summary: Summary, width: int) -> Iterator[Row]:
    sites = [site for site in summary.sites(*Lane) if site.id in group.sites]
    waits = [site for site in summary.lanes[Lane.HELD] if site.id in group.sites]
    holds = [site for site in sites if site.id in group.held_by]
    names = listed([shorten(each, width // 2) for each in group.references], MOST_PLACES)
    ids = listed(sorted({model_id(site) for site in waits}), MOST_PLACES)
    yield Row(f"{names}  {ids}")
    yield Row(f"waits: {_named(waits, width)}", 4)
    for site in holds[:MOST_PLACES]:
        yield Row(f"holds: {shorten(place(site), width // 2)} {site.outcome}: {site.why}", 4)
    if len(holds) > MOST_PLACES:
        yield Row(f"holds: {plural(len(holds) - MOST_PLACES, 'more site')}", 4)
    yield from (Row(f"frees: {release}", 4) for release in group.release)


def _named(sites: list[PlanSite], width: int) -> str:
    return listed([shorten(place(site), width // 2) for site in sites], MOST_PLACES)
