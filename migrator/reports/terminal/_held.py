"""Show each held definition: who waits, who holds, and what frees them all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from migrator.domain.layout import (
    Room,
    Row,
    cells,
    cut,
    heading,
    more,
    one_line,
    shorten,
)
from migrator.domain.plan import PlanGroup
from migrator.domain.plan_site import PlanSite
from migrator.domain.summary import Lane, Summary, gathered, model_id, place
from migrator.domain.wording import listed, plural


def held(summary: Summary, room: Room) -> Iterator[Row]:
    """Give the groups in which a site would move and waits, the longest queue first."""
    waiting = {site.id: site for site in summary.lanes[Lane.HELD]}
    groups = sorted(
        summary.held_groups(), key=lambda group: -len(waiting.keys() & set(group.sites))
    )
    if not waiting:
        return
    yield heading(f"Held: {plural(len(waiting), 'site')} in {plural(len(groups), 'definition')}")
    for group in cut(groups, room):
        yield from _group(group, summary, room)
    yield from more(len(groups), room, "definition")
    grouped = {site for group in groups for site in group.sites}
    alone = [site for key, site in waiting.items() if key not in grouped]
    for site in cut(alone, room):
        yield Row(f"{shorten(place(site), room.width // 2)}: {site.why}")
    yield from more(len(alone), room, "site")


def _group(group: PlanGroup, summary: Summary, room: Room) -> Iterator[Row]:
    sites = [site for site in summary.sites(*Lane) if site.id in group.sites]
    waits = [site for site in summary.lanes[Lane.HELD] if site.id in group.sites]
    holds = [site for site in sites if site.id in group.held_by]
    ids = listed(sorted({model_id(site) for site in waits}), 4)
    yield Row(f"{one_line(group.references, room.width - cells(ids) - 4)}  {ids}")
    yield Row(f"waits: {one_line(map(place, waits), room.width - 11)}", 4)
    most = max(room.most // 2, 1)
    yield from _holders(holds, room.width, most)
    yield from _release(group, holds, most)


def _holders(holds: Sequence[PlanSite], width: int, most: int) -> Iterator[Row]:
    """Give who holds, those with the same reason in one row."""
    same = gathered(holds, lambda site: (site.outcome, site.why))
    for (outcome, why), sites in list(same.items())[:most]:
        yield Row(f"holds: {one_line(map(place, sites), width - 11)} {outcome}: {why}", 4)
    left = sum(len(sites) for sites in list(same.values())[most:])
    if left:
        yield Row(f"holds: {plural(left, 'more site')}", 4)


def _release(group: PlanGroup, holds: Sequence[PlanSite], most: int) -> Iterator[Row]:
    # With one holder the line above has just named its place.
    known = f"{place(holds[0])}: " if len(holds) == 1 else ""
    for each in group.release[:most]:
        yield Row(f"frees: {each.removeprefix(known)}", 4)
    if len(group.release) > most:
        yield Row(f"frees: {plural(len(group.release) - most, 'more step')}, all of them", 4)
