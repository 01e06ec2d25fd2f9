"""Say what to know before deciding: defaults, list prices, overrides, warnings."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.layout import Room, Row, cut, heading, more, placed
from migrator.domain.plan import Plan
from migrator.domain.summary import (
    Lane,
    Summary,
    effort_changes,
    prices,
    warnings,
)
from migrator.domain.together import together
from migrator.domain.wording import agrees, listed, plural


def knowledge(summary: Summary, room: Room) -> Iterator[Row]:
    """Give the facts that bear on the decision; no saving is claimed."""
    rows = (
        *_effort(summary),
        *_prices(summary),
        *_notes(summary),
        *_newer(summary.plan),
        *_overrides(summary.plan, room),
        *_sync_sets(summary.plan, room),
        *_warnings(summary, room),
    )
    if rows:
        yield heading("Before you decide")
        yield from rows


def _effort(summary: Summary) -> Iterator[Row]:
    sites = summary.sites(Lane.MOVES, Lane.HELD)
    counts = effort_changes(sites)
    total = sum(counts.values())
    if not total:
        return
    becomes = ", ".join(sorted({site.effort.becomes for site in sites} - {""}))
    models = ", ".join(f"{model} {count}" for model, count in counts.items())
    yield Row(
        f"Reasoning effort: {plural(total, 'site')} {agrees(total, 'sets', 'set')} no effort "
        f"and will run at {becomes} ({models})"
    )


def _prices(summary: Summary) -> Iterator[Row]:
    stamp = summary.plan.playbook
    if stamp.price is None:
        return
    dated = f", read {stamp.price_read}" if stamp.price_read else ""
    known = prices(summary.sites(Lane.MOVES, Lane.HELD))
    now = [f"{model} {price[0]:g}/{price[1]:g}" for model, price in known.items()]
    if now:
        yield Row(
            f"List price, USD per million tokens in/out{dated}: {listed(now, 8)} -> "
            f"{summary.plan.target} {stamp.price[0]:g}/{stamp.price[1]:g}"
        )


def _notes(summary: Summary) -> Iterator[Row]:
    if summary.sites(Lane.MOVES, Lane.HELD):
        yield from (
            Row(f"With {summary.plan.target}, {each}") for each in summary.plan.playbook.notes
        )


def _newer(plan: Plan) -> Iterator[Row]:
    if plan.playbook.newer and plan.sites:
        yield Row(
            f"Newer than {plan.target}: {listed(plan.playbook.newer, 8)}; "
            f"this plan keeps to {plan.target}"
        )


def _overrides(plan: Plan, room: Room) -> Iterator[Row]:
    keys: dict[str, list[str]] = {}
    for each in plan.overrides:
        keys.setdefault(each.key, []).append(f"{each.path}:{each.line}")
    for key, found in cut(sorted(keys.items()), room):
        text = f"{key} is also set elsewhere, which wins over the default in the code:"
        yield from placed(text, found, room.width)
    yield from more(len(keys), room, "name that is set elsewhere")


def _sync_sets(plan: Plan, room: Room) -> Iterator[Row]:
    """Name what a plan leaves alone although it belongs together with what moves."""
    for text, places in cut(together(plan).items(), room):
        yield from placed(text, places, room.width)
    yield from more(len(together(plan)), room, "set that belongs together")


def _warnings(summary: Summary, room: Room) -> Iterator[Row]:
    found = warnings(summary.sites(Lane.MOVES, Lane.HELD))
    for cause, places in cut(found.items(), room):
        yield from placed(f"{cause.text} ({cause.rule}):", places, room.width)
    yield from more(len(found), room, "warning")
