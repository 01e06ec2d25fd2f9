"""List what changed, what was left and why, and the tasks that would free the rest."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.edit import EditKind
from migrator.domain.finding import Severity
from migrator.domain.plan_site import PlanSite
from migrator.domain.site import Outcome
from migrator.domain.summary import model_id, place, standing
from migrator.domain.wording import agrees, plural
from migrator.reports.pull_request._markdown import clip, code, escape, prose, row
from migrator.reports.pull_request._story import Story
from migrator.reports.pull_request._validation import tests_of

CHANGED_TITLES = ("place", "from → to", "outcome", "rule and clause", "prompt edit", "tests")
MOST_TASKS = 2
LEFT_TITLES = ("place", "model", "outcome", "why", "what frees it")


def changed_rows(story: Story) -> Iterator[str]:
    """Give one table row per changed site."""
    for site in story.changed_sites:
        rules = dict.fromkeys(each.rule for each in site.findings if not each.accepted)
        yield row(
            code(place(site), cell=True),
            _from_to(site, story),
            _outcome(site, story),
            escape(", ".join((*rules, site.clause))),
            site.prompt_edit.replace("_", " ") if site.prompt_edit else "none",
            tests_of(site, story),
        )


def left_rows(story: Story) -> Iterator[str]:
    """Give one table row per site that stays as it was."""
    for site in story.left_sites:
        yield row(
            _where(site),
            code(model_id(site), cell=True),
            code(site.outcome),
            prose(clip(story.left_because(site)), cell=True),
            prose(clip(_freed_by(site, story), 600), cell=True),
        )


def follow_ups(story: Story) -> Iterator[str]:
    """Give one list item per task still open, as the plan orders them by root cause «blocked.9»."""
    tasks = story.plan.follow_ups
    left = ((task, [each for each in task.sites if each not in story.changed]) for task in tasks)
    for number, (task, sites) in enumerate(((task, own) for task, own in left if own), 1):
        rule = f" ({escape(task.rule)})" if task.rule else ""
        frees = sum(each not in story.changed for each in task.frees)
        yield (
            f"{number}. {prose(clip(task.task.rstrip('.')))}{rule}. "
            f"{plural(len(sites), 'site')} {agrees(len(sites), 'needs', 'need')} it; "
            f"it frees {frees}. "
            f"Done when this exits 0: {code(clip(task.acceptance))}\n"
        )


def _outcome(site: PlanSite, story: Story) -> str:
    freed = story.freed.get(site.id)
    # Verdicts stay: what frees a blocked site lies outside the guide, and is told apart.
    if freed is None or freed.outcome is site.outcome or not story.outside:
        return code(site.outcome)
    return f"{code(site.outcome)}, freed by {code('--unblock')}"


def _from_to(site: PlanSite, story: Story) -> str:
    edits = [edit for edit in story.edits if edit.id in site.edits and edit.kind is EditKind.MODEL]
    if not edits:
        return f"{code(model_id(site), cell=True)} → {code(story.plan.target)}"
    first = edits[0]
    where = f"{first.path}:{first.line}"
    at = "" if where == place(site) else f" at {code(where, cell=True)}"
    return f"{code(first.before, cell=True)} → {code(first.after, cell=True)}{at}"


def _freed_by(site: PlanSite, story: Story) -> str:
    tasks = [
        finding.follow_up
        for severity in (Severity.BLOCKS, Severity.UNSETTLED)
        for finding in standing(site, severity)
        if finding.follow_up
    ]
    group = story.group_of.get(site.id)
    if site.asks:
        tasks.insert(0, f"a yes: `--confirm {','.join(site.asks)}`")
    if not tasks and group and not group.moves:
        tasks = list(group.release)
    if story.was_not_chosen(site):
        tasks = ["apply its group as well"]
    if site.outcome is Outcome.NO_CHANGE:
        tasks = ["nothing: it stays"]
    return _first(tuple(dict.fromkeys(task.rstrip(".") for task in tasks)))


def _first(tasks: tuple[str, ...]) -> str:
    """Give the tasks that a cell has room for, none of them cut; the others are counted."""
    shown = "; ".join(tasks[:MOST_TASKS])
    more = len(tasks) - MOST_TASKS
    rest = f"; and {plural(more, 'more task')}, see its section" if more > 0 else ""
    return f"{shown}{rest}" or "see the site's section"


def _where(site: PlanSite) -> str:
    """Give the place of a call, and that of its id where it is written elsewhere."""
    written = next((f"{each.path}:{each.line}" for each in site.references), place(site))
    beside = f", id at {code(written, cell=True)}" if written != place(site) else ""
    return f"{code(place(site), cell=True)}{beside}"
