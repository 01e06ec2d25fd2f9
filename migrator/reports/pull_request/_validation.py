"""Say what ran, what it is worth, which tests ran a changed site, and what was taken out."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.plan_site import PlanSite
from migrator.domain.result import Dropped, Reach
from migrator.domain.summary import place
from migrator.domain.wording import listed, plural, printable
from migrator.reports.pull_request._markdown import clip, code, escape, folded, prose, tag_code
from migrator.reports.pull_request._story import Story

MOST = 20
_MOST_NAMED = 2
_MOST_OF_ONE = 6
_LONGEST_OUTPUT = 3_000


def validated(story: Story) -> Iterator[str]:
    """List only what ran «workflow.7.9»."""
    ran = story.result.validation if story.result else ()
    if not ran:
        yield "None; nothing was run."
        return
    yield "Commands ran on the base first, and on the branch where they were green there."
    for each in ran[:MOST]:
        detail = f" ({prose(clip(each.detail))})" if each.detail else ""
        yield f"{code(each.command)}: {escape(each.verdict)}{detail}."
    if len(ran) > MOST:
        yield f"And {plural(len(ran) - MOST, 'more command')}."
    yield from _reached(story)


def validated_at(site: PlanSite, story: Story) -> str:
    """Say of one site what ran it; the commands themselves are told once, at the top."""
    if site.id not in story.changed or not story.result or not story.result.validation:
        return "none; nothing was run for it."
    reach = _reach(story).get(site.id)
    if reach is None:
        return "see the commands above; which tests run it was not measured."
    if not reach.tests:
        return "none that counts: no test runs it."
    return f"run by {listed([code(test) for test in reach.tests], _MOST_OF_ONE)}."


def tests_of(site: PlanSite, story: Story) -> str:
    """Give the table cell that names the tests which ran a changed site."""
    if not story.result or not story.result.validation:
        return "not run"
    reach = _reach(story).get(site.id)
    if reach is None:
        return "not measured"
    if not reach.tests:
        return "none runs it; it runs as its module loads" if reach.loading else "none runs it"
    return listed([code(test, cell=True) for test in reach.tests], _MOST_NAMED)


def broken_sections(story: Story) -> Iterator[str]:
    """Give one folded section per group that broke a command, with the end of what it said."""
    for each in story.result.dropped if story.result else ():
        if each.output:
            yield folded(f"{tag_code(_where(each, story))} {escape(each.reason)}", _block(each))


def _reached(story: Story) -> Iterator[str]:
    reach = _reach(story)
    changed = [site for site in story.changed_sites if site.id in reach]
    if not reach:
        yield "Which changed sites no test runs was not measured."
        return
    bare = [code(place(site)) for site in changed if not reach[site.id].tests]
    yield f"Tests run {len(changed) - len(bare)} of {plural(len(changed), 'changed site')}"
    yield f"and none runs {listed(bare, MOST)}." if bare else "and so none without a test."


def _reach(story: Story) -> dict[str, Reach]:
    measured = story.result.reach if story.result else None
    return {each.site: each for each in measured or ()}


def _where(dropped: Dropped, story: Story) -> str:
    groups = (group for group in story.plan.groups if group.id == dropped.group)
    return listed([at for group in groups for at in group.references], 3) or dropped.group


def _block(dropped: Dropped) -> str:
    """Quote an output by indentation: nothing in it can end the quotation."""
    lines = dropped.output[-_LONGEST_OUTPUT:].split("\n")
    return "".join(f"    {printable(line)}\n" for line in lines)
