"""Report a plan at the terminal: what moves, what is near, what to know, what next."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.layout import BLANK, NARROWEST, Room, Row, cut, draw, heading, more
from migrator.domain.plan import Plan
from migrator.domain.report import View
from migrator.domain.summary import Summary, summarise
from migrator.domain.wording import plural, printable
from migrator.reports.terminal._answers import answers
from migrator.reports.terminal._days import shutdown_days
from migrator.reports.terminal._held import held
from migrator.reports.terminal._knowledge import knowledge
from migrator.reports.terminal._lines import site_lines
from migrator.reports.terminal._next import next_steps
from migrator.reports.terminal._unblocking import unblocking

# A first screen is read in one go: lists are cut, all alike, until it has no more lines than this.
LONGEST = 80
CUTS = (8, 5, 3)
UNCUT = 1_000_000


def render(plan: Plan, view: View) -> str:
    """Give the first screen; a verbose view adds one line per site and cuts no list."""
    width, summary = max(view.width, NARROWEST), summarise(plan)
    text = ""
    for most in (UNCUT,) if view.verbose else CUTS:
        rows = _screen(summary, Room(width, most), view)
        # What a repository wrote must not steer the terminal.
        safe = (Row(printable(row.text), row.indent, row.style) for row in rows)
        text = draw(safe, width, colour=view.colour)
        if text.count("\n") <= LONGEST:
            break
    return text


def _screen(summary: Summary, room: Room, view: View) -> Iterator[Row]:
    yield _title(summary.plan)
    sections = [
        *answers(summary, room),
        unblocking(summary, room),
        held(summary, room),
        shutdown_days(summary, room, view.today),
        knowledge(summary, room),
        _notices(summary.plan, room),
        site_lines(summary, room.width) if view.verbose else (),
        next_steps(summary, room.width, view),
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


def _notices(plan: Plan, room: Room) -> Iterator[Row]:
    if plan.notices:
        yield heading("Notices")
        yield from (Row(notice) for notice in cut(plan.notices, room))
        yield from more(len(plan.notices), room, "notice")
