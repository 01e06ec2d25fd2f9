"""Say what ends by itself: the days on which models are shut down."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from migrator.domain.layout import Room, Row, cut, heading, more, table
from migrator.domain.summary import Summary, shutdowns
from migrator.domain.wording import plural


def shutdown_days(summary: Summary, room: Room, today: str | None) -> Iterator[Row]:
    """Give day, id and sites, soonest first; days are counted from `today` alone (ISO date)."""
    days = shutdowns(summary.plan)
    if not days:
        return
    yield heading("Calls fail from these days on, if nothing is done")
    yield from table(
        [
            (day, model, plural(count, "site") + (f", {_distance(day, today)}" if today else ""))
            for day, model, count in cut(days, room)
        ],
        room.width,
    )
    yield from more(len(days), room, "id")


def _distance(day: str, today: str) -> str:
    days = (date.fromisoformat(day) - date.fromisoformat(today)).days
    if days < 0:
        return f"{plural(-days, 'day')} ago"
    return f"{plural(days, 'day')} left" if days else "today"
