"""Answer the three questions of a first minute: what moves, what is near, what waits for a word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from migrator.domain.finding import Severity
from migrator.domain.mention import Bucket
from migrator.domain.plan import Plan, PlanEdit
from migrator.domain.plan_site import PlanSite, PromptEdit
from migrator.domain.summary import (
    Cause,
    Lane,
    Summary,
    by_cause,
    by_model,
    gathered,
    liftable,
    model_id,
    place,
    standing,
)
from migrator.domain.wording import listed, plural
from migrator.reports.terminal._layout import Row, cells, heading, shorten, table

MOST_ROWS = 8
MOST_PLACES = 4


def answers(summary: Summary, width: int) -> Iterator[Iterable[Row]]:
    """Give the sections that put every site, and every mention, in one place."""
    yield _moves(summary, width)
    yield _stopped(summary, Lane.ONE_LINE, "One line away", width)
    yield _stopped(summary, Lane.WORK, "Needs work", width)
    yield _stopped(summary, Lane.UNKNOWN, "Unknown", width)
    yield _asked(summary)
    yield _roles(summary, width)
    yield _stays(summary)
    yield _accounting(summary.plan)


def places(sites: Sequence[PlanSite], width: int) -> str:
    """List where sites stand, each path short enough for half a line."""
    each = dict.fromkeys(shorten(place(site), width // 2) for site in sites)
    return listed(tuple(each), MOST_PLACES)


def _moves(summary: Summary, width: int) -> Iterator[Row]:
    sites, edits = summary.lanes[Lane.MOVES], summary.plan.edits
    if not edits:
        yield heading("Moves now: nothing")
        return
    files = plural(len({edit.path for edit in edits}), "file")
    head = f"{plural(len(sites), 'site')} by {plural(len(edits), 'edit')} in {files}"
    yield heading(f"Moves now: {head}")
    shown = sorted(edits, key=lambda edit: (edit.path, edit.start))[:MOST_ROWS]
    yield from table([_edit_line(each, sites, width) for each in shown], width)
    if len(edits) > MOST_ROWS:
        yield Row(f"and {plural(len(edits) - MOST_ROWS, 'more edit')}: migrate plan -v")
    if any(site.prompt_edit is PromptEdit.NO_BLOCK for site in sites):
        yield Row("Light rewrites have no prompt block yet: prompts stay as they are.")


def _edit_line(edit: PlanEdit, sites: Iterable[PlanSite], width: int) -> tuple[str, ...]:
    moved = [site for site in sites if edit.id in site.edits]
    outcomes = ", ".join(dict.fromkeys(site.outcome for site in moved))
    where = shorten(f"{edit.path}:{edit.line}", width * 2 // 5)
    change = f"{edit.before} -> {edit.after}"
    return where, change, f"{plural(len(moved), 'site')}, {outcomes}" if moved else edit.kind


def _stopped(summary: Summary, lane: Lane, title: str, width: int) -> Iterator[Row]:
    sites = summary.lanes[lane]
    if not sites:
        return
    severity = Severity.UNSETTLED if lane is Lane.UNKNOWN else Severity.BLOCKS
    groups = by_cause(sites, severity)
    yield heading(f"{title}: {plural(len(sites), 'site')}")
    for cause, members in list(groups.items())[:MOST_ROWS]:
        yield from _where(_worded(cause), _count(cause, members, summary.plan), members, width)
    if len(groups) > MOST_ROWS:
        yield Row(f"and {plural(len(groups) - MOST_ROWS, 'more reason')}: migrate plan -v")


def _count(cause: Sequence[Cause], sites: Sequence[PlanSite], plan: Plan) -> str:
    """Count sites, and those that a single task would free along with them."""
    rules, needs = {each.rule for each in cause}, {site.id for site in sites}
    tasks = (task for task in plan.follow_ups if {task.rule} == rules and needs <= {*task.sites})
    frees = max((len(task.frees) for task in tasks), default=0)
    count = plural(len(sites), "site")
    return f"{count}, frees {frees}" if frees > len(sites) else count


def _where(text: str, count: str, sites: Sequence[PlanSite], width: int) -> Iterator[Row]:
    where = places(sites, width)
    if count == "1 site" and cells(text) + cells(where) + 4 <= width:
        yield Row(f"{text}: {where}")
        return
    yield Row(f"{text}: {count}")
    yield Row(where, 4)


def _worded(cause: Sequence[Cause]) -> str:
    return "; ".join(
        f"{each.text.rstrip('.')} ({each.rule})" if each.rule else each.text.rstrip(".")
        for each in cause
    )


def _asked(summary: Summary) -> Iterator[Row]:
    sites = summary.lanes[Lane.ANSWER]
    if not sites:
        return
    groups = by_model(sites)
    yield heading(f"Needs an answer: {plural(len(groups), 'id')}, {plural(len(sites), 'site')}")
    for model, members in groups.items():
        words = ", ".join(liftable(members))
        yield Row(f"{model}: {_calls(members)}" + (f" ({words})" if words else ""))
        facts = dict.fromkeys(
            finding.message for site in members for finding in standing(site, Severity.ASKS)
        )
        yield from (Row(fact, 4) for fact in list(facts)[:2])


def _calls(sites: Sequence[PlanSite]) -> str:
    calls = {(site.path, site.line, site.column) for site in sites if site.call is not None}
    unbound = sum(site.call is None for site in sites)
    counts = [plural(len(calls), "call")] if calls else []
    counts += [plural(unbound, "reference")] if unbound else []
    return ", ".join(counts)


def _roles(summary: Summary, width: int) -> Iterator[Row]:
    sites = summary.lanes[Lane.ROLE]
    if not sites:
        return
    yield heading(f"Not production: {plural(len(sites), 'site')}")
    groups = gathered(sites, lambda site: site.role)
    rows = [
        (role, plural(len(members), "site"), _ids(members))
        for role, members in sorted(groups.items())
    ]
    yield from table(rows, width)


def _ids(sites: Iterable[PlanSite]) -> str:
    return listed(sorted({model_id(site) for site in sites}), MOST_PLACES)


def _stays(summary: Summary) -> Iterator[Row]:
    sites = summary.lanes[Lane.STAYS]
    if not sites:
        return
    yield heading(f"Stays as it is: {plural(len(sites), 'site')}")
    for why, members in gathered(sites, lambda site: site.why).items():
        yield Row(f"{why}: {plural(len(members), 'site')}")


def _accounting(plan: Plan) -> Iterator[Row]:
    counts = plan.accounting
    buckets = ", ".join(f"{bucket.replace('_', ' ')} {counts.get(bucket, 0)}" for bucket in Bucket)
    total = sum(counts.get(bucket, 0) for bucket in Bucket)
    unread = plural(counts.get("unread", 0), "file")
    residual = counts.get("residual", 0)
    yield Row(
        f"Accounted for: {plural(total, 'mention')} = {buckets}; unread {unread}; "
        f"residual {residual}",
        0,
    )
