"""Say what to know before deciding: dates, defaults, list prices, overrides, warnings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from migrator.domain.finding import Severity
from migrator.domain.plan import Plan
from migrator.domain.summary import (
    Lane,
    Summary,
    effort_changes,
    prices,
    shutdowns,
    standing,
)
from migrator.domain.wording import agrees, listed, plural
from migrator.reports.terminal._layout import Row, heading, shorten

MOST_WARNINGS = 5


def knowledge(summary: Summary, width: int, today: str | None) -> Iterator[Row]:
    """Give the dated facts that bear on the decision; no saving is claimed."""
    rows = (
        *_shutdowns(summary.plan, today),
        *_effort(summary),
        *_prices(summary),
        *_overrides(summary.plan, width),
        *_warnings(summary, width),
    )
    if rows:
        yield heading("Before you decide")
        yield from rows


def _shutdowns(plan: Plan, today: str | None) -> Iterator[Row]:
    for day, model, count in shutdowns(plan):
        distance = f" ({_distance(day, today)})" if today else ""
        yield Row(f"{model} shuts down on {day}{distance}: {plural(count, 'site')}")


def _distance(day: str, today: str) -> str:
    days = (date.fromisoformat(day) - date.fromisoformat(today)).days
    if days < 0:
        return f"{plural(-days, 'day')} ago"
    return f"{plural(days, 'day')} left" if days else "today"


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
    after = f"{summary.plan.target} {stamp.price[0]:g}/{stamp.price[1]:g}"
    dated = f", read {stamp.price_read}" if stamp.price_read else ""
    for model, price in prices(summary.sites(Lane.MOVES, Lane.HELD)).items():
        yield Row(
            f"List price, USD per million tokens in/out{dated}: "
            f"{model} {price[0]:g}/{price[1]:g} -> {after}"
        )


def _overrides(plan: Plan, width: int) -> Iterator[Row]:
    keys: dict[str, list[str]] = {}
    for each in plan.overrides:
        keys.setdefault(each.key, []).append(shorten(f"{each.path}:{each.line}", width // 2))
    for key, found in sorted(keys.items()):
        wins = agrees(len(found), "wins", "win")
        yield Row(f"{key} in {listed(found, 4)} {wins} over the default in the code")


def _warnings(summary: Summary, width: int) -> Iterator[Row]:
    counts: dict[tuple[str, str], list[str]] = {}
    for site in summary.sites(Lane.MOVES, Lane.HELD):
        for finding in standing(site, Severity.WARNS):
            at = shorten(f"{finding.at.path}:{finding.at.line}", width // 2)
            counts.setdefault((finding.message.rstrip("."), finding.rule), []).append(at)
    for (message, rule), found in list(counts.items())[:MOST_WARNINGS]:
        yield Row(f"{message} ({rule}): {listed(tuple(dict.fromkeys(found)), 3)}")
    if len(counts) > MOST_WARNINGS:
        yield Row(f"and {plural(len(counts) - MOST_WARNINGS, 'more warning')}: migrate plan -v")
