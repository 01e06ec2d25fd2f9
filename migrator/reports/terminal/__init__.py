"""Report a plan at the terminal: what moves, what is near, what to know, what next."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.plan import Plan
from migrator.domain.report import ReportFormat, View
from migrator.domain.summary import Summary, summarise
from migrator.domain.wording import plural, printable
from migrator.reports.terminal._answers import answers
from migrator.reports.terminal._held import held
from migrator.reports.terminal._knowledge import knowledge
from migrator.reports.terminal._layout import BLANK, NARROWEST, Row, draw, heading
from migrator.reports.terminal._lines import site_lines
from migrator.reports.terminal._next import next_steps


def render(plan: Plan, view: View) -> str:
    """Give the first screen, and one line per site when the view is verbose."""
    width = max(view.width, NARROWEST)
    rows = _screen(summarise(plan), width, view)
    # What a repository wrote must not steer the terminal.
    safe = (Row(printable(row.text), row.indent, row.style) for row in rows)
    return draw(safe, width, colour=view.colour)


def _screen(summary: Summary, width: int, view: View) -> Iterator[Row]:
    yield _title(summary.plan)
    sections = [
        *answers(summary, width),
        held(summary, width),
        knowledge(summary, width, view.today),
        _notices(summary.plan),
        site_lines(summary, width) if view.verbose else (),
        next_steps(summary, width, view),
    ]
    for section in sections:
        rows = tuple(section)
        if rows:
            yield BLANK
            yield from rows


def _title(plan: Plan) -> Row:
    sites = plural(len(plan.sites), "site")
    files = plural(len({site.path for site in plan.sites}), "file")
    scope = f" under {plan.repository.scope}" if plan.repository.scope not in {"", "."} else ""
    commit = plan.repository.commit
    stamp = f"commit {commit[:10]}" if commit else "no commit"
    dirty = ", with uncommitted changes" if plan.repository.dirty else ""
    return heading(f"Plan for {plan.target}: {sites} in {files}{scope} ({stamp}{dirty})")


def _notices(plan: Plan) -> Iterator[Row]:
    if plan.notices:
        yield heading("Notices")
        yield from (Row(notice) for notice in plan.notices)


REPORT = ReportFormat("terminal", render)
