"""Say how to take each group back."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.result import Result
from migrator.domain.wording import listed, plural, printable
from migrator.reports.pull_request._story import Story

MOST_GROUPS = 20


def undo(story: Story) -> Iterator[str]:
    """Give the revert line of each group, its newest commit first; they run as they stand."""
    result = story.result
    if result is None or not result.commits:
        yield "Nothing was changed, so there is nothing to undo."
        return
    commits = _by_group(result)
    lines = []
    for group, shas in list(commits.items())[:MOST_GROUPS]:
        places = [each for one in story.plan.groups if one.id == group for each in one.references]
        where = printable(listed(places, 3))
        lines.append(f"git revert --no-edit {' '.join(shas)}  # {where or group}")
    yield "One line per group; to undo several, go from the last line to the first:"
    yield "\n\n```sh\n" + "\n".join(lines) + "\n```"
    if len(commits) > MOST_GROUPS:
        more = plural(len(commits) - MOST_GROUPS, "more group")
        yield f"\n\nAnd {more}: their commits name their sites in `Migrate-Site:` trailers."


def _by_group(result: Result) -> dict[str, list[str]]:
    commits: dict[str, list[str]] = {}
    for commit in reversed(result.commits):
        for group in commit.groups:
            commits.setdefault(group, []).append(commit.commit)
    return dict(reversed(commits.items()))
