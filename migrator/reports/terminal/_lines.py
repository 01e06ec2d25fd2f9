"""Give one line per site, for those who want to see them all."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.layout import Row, heading, shorten, table
from migrator.domain.summary import Lane, Summary, model_id, place


def site_lines(summary: Summary, width: int) -> Iterator[Row]:
    """Give `path:line  outcome  from -> to  why` for every site, by path and line."""
    moving = {site.id for site in summary.sites(Lane.MOVES, Lane.HELD)}
    lines = [
        (
            shorten(place(site), width // 2),
            site.outcome,
            f"{model_id(site)} -> {summary.plan.target}" if site.id in moving else model_id(site),
            summary.reason(site),
        )
        for site in summary.sites(*Lane)
    ]
    if lines:
        yield heading("Sites")
        yield from table(lines, width)
