"""Show the edits outside the upgrade guide: what each changes, why it may, and what is left."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.edit_words import bare
from migrator.domain.plan import PlanEdit
from migrator.domain.summary import effort_after, place, required
from migrator.domain.wording import agrees, listed, plural
from migrator.reports.pull_request._markdown import clip, code, escape, prose, row
from migrator.reports.pull_request._story import Story

TITLES = ("place", "edit", "lifts", "commit", "frees")
_MOST_SITES = 3


def outside_opening(story: Story) -> str:
    """Say what these edits rest on, and what they do to sampling, effort and caching."""
    edits = story.outside
    if not edits:
        return "None was made." if story.result else "None can be made."
    made = "was made" if story.result else "would be made"
    count = plural(len(edits), "edit")
    said = [
        f"{count} {agrees(len(edits), made, made.replace('was', 'were'))}, asked for with",
        f"{code('--unblock')}. The guide leaves them to you, and the outcomes stay what it says.",
        "Each is proved like any other; then everything was planned again with them, and only",
        "groups that this second plan lets move are here.",
        *map(prose, effort_after(edits, story.plan.target)),
        *map(prose, required(edits)),
    ]
    return " ".join(said)


def outside_rows(story: Story) -> Iterator[str]:
    """Give one table row per edit."""
    for edit in story.outside:
        together = "with the swap: today's model refuses it" if edit.with_swap else "its own"
        yield row(
            code(f"{edit.path}:{edit.line}", cell=True),
            _changed(edit),
            escape(", ".join(edit.rules)),
            together,
            _freed(edit, story),
        )


def left_items(story: Story) -> Iterator[str]:
    """Give one list item per group that these edits do not free, with the reason."""
    places = {group.id: listed(group.references, _MOST_SITES) for group in story.plan.groups}
    for each in story.plan.unblocking.left:
        where = code(places.get(each.group, each.group))
        yield f"- Left all the same: {where}: {prose(clip(each.reason))}\n"


def _changed(edit: PlanEdit) -> str:
    before, after = bare(edit)
    if not before or not after:
        return f"{'add' if after else 'drop'} {code(after or before, cell=True)}"
    return f"{code(before, cell=True)} → {code(after, cell=True)}"


def _freed(edit: PlanEdit, story: Story) -> str:
    freed = [each for each in story.freed.values() if edit.id in each.edits]
    sites = {site.id: site for site in story.plan.sites}
    cells = [
        f"{code(place(sites[each.site]), cell=True)} (then {code(each.outcome)})"
        for each in freed
        if each.site in sites
    ]
    return listed(cells, _MOST_SITES)
