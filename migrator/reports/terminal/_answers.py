"""Answer the three questions of a first minute: what moves, what is near, what waits for a word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from migrator.domain.edit import EditKind
from migrator.domain.finding import Severity
from migrator.domain.layout import (
    NARROWEST,
    Room,
    Row,
    cells,
    cut,
    heading,
    more,
    placed,
    shorten,
    table,
)
from migrator.domain.mention import Bucket
from migrator.domain.plan import Plan, PlanEdit
from migrator.domain.plan_site import PlanSite, PromptEdit
from migrator.domain.summary import (
    ID_RULE,
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
from migrator.reports.terminal._advice import advised

_TWO = 2
_PROMPTS = {
    PromptEdit.EDITED: "edited",
    PromptEdit.NONE_OBSERVED: "nothing to add",
    PromptEdit.ALREADY_COVERED: "covered already",
    PromptEdit.NO_BLOCK: "left to you",
}


def answers(summary: Summary, room: Room) -> Iterator[Iterable[Row]]:
    """Give the sections that put every site, and every mention, in one place."""
    yield _moves(summary, room)
    yield _stopped(summary, Lane.ONE_LINE, "One line away", room)
    yield _stopped(summary, Lane.WORK, "Needs work", room)
    yield _stopped(summary, Lane.UNKNOWN, "Unknown", room)
    yield _asked(summary, room)
    yield _roles(summary, room)
    yield _stays(summary, room)
    yield _accounting(summary.plan)


def _moves(summary: Summary, room: Room) -> Iterator[Row]:
    sites, edits = summary.lanes[Lane.MOVES], summary.plan.edits
    if not edits:
        yield heading("Moves now: nothing")
        return
    files = plural(len({edit.path for edit in edits}), "file")
    head = f"{plural(len(sites), 'site')} by {plural(len(edits), 'edit')} in {files}"
    yield heading(f"Moves now: {head}")
    outcomes = Counter(site.outcome for site in sites)
    yield Row(", ".join(f"{count} {outcome}" for outcome, count in outcomes.most_common()))
    ordered = sorted(edits, key=lambda edit: (edit.path, edit.start))
    yield from _edits([each for each in ordered if each.kind is not EditKind.PROMPT], sites, room)
    yield from _prompts(sites)
    yield from _edits([each for each in ordered if each.kind is EditKind.PROMPT], sites, room)
    yield from advised(summary.plan, room)


def _edits(edits: Sequence[PlanEdit], sites: Iterable[PlanSite], room: Room) -> Iterator[Row]:
    """Show where edits are and what they change, as many as there is room for."""
    if edits:
        shown = cut(edits, room)
        change = max(cells(_change(each)) for each in shown)
        left = max(room.width - change - len("  1000 sites") - 4, NARROWEST // 2)
        yield from table([_edit_line(each, sites, left) for each in shown], room.width)
        yield from more(len(edits), room, "edit")


def _prompts(sites: Iterable[PlanSite]) -> Iterator[Row]:
    counts = Counter(site.prompt_edit for site in sites if site.prompt_edit)
    said = [f"{words} {counts[state]}" for state, words in _PROMPTS.items() if counts[state]]
    if said:
        yield Row(f"Prompts of light rewrites: {', '.join(said)}")


def _edit_line(edit: PlanEdit, sites: Iterable[PlanSite], left: int) -> tuple[str, ...]:
    moved = [site for site in sites if edit.id in site.edits]
    where = shorten(f"{edit.path}:{edit.line}", left)
    return where, _change(edit), plural(len(moved), "site") if moved else edit.kind


def _change(edit: PlanEdit) -> str:
    if edit.kind is EditKind.PROMPT:
        return f"+{plural(edit.words, 'word')} of {' and '.join(edit.blocks)}"
    return f"{edit.before} -> {edit.after}"


def _stopped(summary: Summary, lane: Lane, title: str, room: Room) -> Iterator[Row]:
    sites = summary.lanes[lane]
    if not sites:
        return
    severity = Severity.UNSETTLED if lane is Lane.UNKNOWN else Severity.BLOCKS
    groups = by_cause(sites, severity)
    yield heading(f"{title}: {plural(len(sites), 'site')}")
    for cause, members in cut(groups.items(), room):
        yield from _cause(cause, members, summary, room)
        if lane is Lane.WORK:
            yield from _open_after(members)
    yield from more(len(groups), room, "reason")


def _cause(
    causes: Sequence[Cause], members: Sequence[PlanSite], summary: Summary, room: Room
) -> Iterator[Row]:
    """Give what stops sites and where they are; several steps, all of them needed, in a list."""
    count = _count(members, summary)
    if len(causes) == 1:
        yield from _where(_worded(causes[0]), count, members, room.width)
        return
    steps = "Both of these steps" if len(causes) == _TWO else f"All of these {len(causes)} steps"
    yield from placed(f"{steps}, for {count}:", map(place, members), room.width)
    yield from (Row(f"- {_worded(each)}", 4) for each in causes)


def _count(sites: Sequence[PlanSite], summary: Summary) -> str:
    """Count sites, and those that would move with them once nothing stops these."""
    count, frees = plural(len(sites), "site"), len(sites) + len(summary.freed_with(sites))
    return f"{count}, frees {frees}" if frees > len(sites) else count


def _open_after(sites: Sequence[PlanSite]) -> Iterator[Row]:
    rules = {found.rule for site in sites for found in standing(site, Severity.UNSETTLED)}
    if rules:
        yield Row(f"then still to settle: {', '.join(sorted(rules))}", 4)


def _where(text: str, count: str, sites: Sequence[PlanSite], width: int) -> Iterator[Row]:
    count = "" if count == "1 site" else f"{count}: "
    yield from placed(f"{text}: {count}".rstrip(), map(place, sites), width)


def _worded(cause: Cause) -> str:
    text = cause.text.rstrip(".")
    kind = f", {cause.size.kind}" if cause.size else ""
    edits = f": {cause.size.edits} edits" if cause.size and cause.size.edits > 1 else ""
    return f"{text} ({cause.rule}{kind}{edits})" if cause.rule else text


def _asked(summary: Summary, room: Room) -> Iterator[Row]:
    sites = summary.lanes[Lane.ANSWER]
    if not sites:
        return
    groups = by_model(sites)
    yield heading(f"Needs an answer: {plural(len(groups), 'id')}, {plural(len(sites), 'site')}")
    for model, members in cut(groups.items(), room):
        words = ", ".join(liftable(members))
        yield Row(f"{model}: {_calls(members)}" + (f" ({words})" if words else ""))
        facts = dict.fromkeys(
            finding.message
            for site in members
            for finding in (*standing(site, Severity.ASKS), *standing(site, Severity.NOTES))
            if finding.severity is Severity.ASKS or finding.rule == ID_RULE
        )
        yield from (Row(fact, 4) for fact in list(facts)[:2])
    yield from more(len(groups), room, "id")


def _calls(sites: Sequence[PlanSite]) -> str:
    calls = {(site.path, site.line, site.column) for site in sites if site.call is not None}
    unbound = sum(site.call is None for site in sites)
    counts = [plural(len(calls), "call")] if calls else []
    counts += [plural(unbound, "reference")] if unbound else []
    return ", ".join(counts)


def _roles(summary: Summary, room: Room) -> Iterator[Row]:
    sites = summary.lanes[Lane.ROLE]
    if not sites:
        return
    yield heading(f"Not production: {plural(len(sites), 'site')}")
    groups = gathered(sites, lambda site: site.role)
    rows = [
        (role, plural(len(members), "site"), _ids(members))
        for role, members in sorted(groups.items())
    ]
    yield from table(rows, room.width)


def _ids(sites: Iterable[PlanSite]) -> str:
    return listed(sorted({model_id(site) for site in sites}), 4)


def _stays(summary: Summary, room: Room) -> Iterator[Row]:
    sites = summary.lanes[Lane.STAYS]
    if not sites:
        return
    yield heading(f"Stays as it is: {plural(len(sites), 'site')}")
    reasons = gathered(sites, lambda site: site.why)
    for why, members in cut(reasons.items(), room):
        yield Row(f"{why}: {plural(len(members), 'site')}")
    yield from more(len(reasons), room, "reason")


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
