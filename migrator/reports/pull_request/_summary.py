"""Report a plan, or what came of it, to the reviewer of the pull request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from migrator.domain.plan import Plan
from migrator.domain.pull_request import marker
from migrator.domain.report import View
from migrator.reports.pull_request._fit import Part, fit
from migrator.reports.pull_request._head import counts, statements
from migrator.reports.pull_request._markdown import code, table_head
from migrator.reports.pull_request._outside import (
    TITLES,
    left_items,
    outside_opening,
    outside_rows,
)
from migrator.reports.pull_request._prompts import prompt_items
from migrator.reports.pull_request._sites import site_sections
from migrator.reports.pull_request._story import Story, tell
from migrator.reports.pull_request._tables import (
    CHANGED_TITLES,
    LEFT_TITLES,
    changed_rows,
    follow_ups,
    left_rows,
)
from migrator.reports.pull_request._validation import broken_sections


def render(plan: Plan, view: View) -> str:
    """Give the summary as GitHub Markdown, within GitHub's limit; width and colour play no part."""
    story = tell(plan, view.result)
    commits = view.result.commits if view.result else ()
    opening = marker(commits[-1].commit if commits else "")
    head = Part(f"{opening}## Upgrade to {code(plan.target)}\n\n{counts(story)}")
    return fit((head, *_rest(story)), note_at=1)


def _rest(story: Story) -> Iterator[Part]:
    yield Part(statements(story))
    done = "Changed sites" if story.result else "Sites to change"
    yield from _listed(
        done, table_head(*CHANGED_TITLES), changed_rows(story), "row of changed sites"
    )
    added = tuple(prompt_items(story))
    if added:
        yield from _listed("Added to prompts", "", added, "prompt edit")
    if story.plan.unblocking.sampling:
        yield from _outside(story)
    broken = tuple(broken_sections(story))
    if broken:
        yield from _listed("Taken out by validation", "", broken, "output of a command")
    yield from _listed("Site by site", "", site_sections(story), "site section")
    yield from _listed(
        "Left as they are", table_head(*LEFT_TITLES), left_rows(story), "row of sites left"
    )
    yield from _listed("Follow-up tasks", "", follow_ups(story), "follow-up task")


def _outside(story: Story) -> Iterator[Part]:
    head = table_head(*TITLES) if story.outside else ""
    yield Part(f"### Outside the upgrade guide\n\n{outside_opening(story)}\n\n{head}")
    yield from (Part(each, "edit outside the guide") for each in outside_rows(story))
    yield Part("\n")
    yield from (Part(each, "definition left outside the guide") for each in left_items(story))
    yield Part("\n")


def _listed(title: str, opening: str, texts: Iterable[str], kind: str) -> Iterator[Part]:
    yield Part(f"### {title}\n\n")
    items = [Part(text, kind) for text in texts]
    yield Part(opening if items else "None.\n")
    yield from items
    yield Part("\n")
