"""Open the summary: counts, then what is claimed, what is not, and how to take it back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from migrator.domain.advice import Wording
from migrator.domain.edit import EditKind
from migrator.domain.mention import Bucket
from migrator.domain.plan import PlanEdit
from migrator.domain.plan_site import PlanSite
from migrator.domain.site import Outcome
from migrator.domain.summary import EFFORT_RULE, Lane, effort_changes, prices, warnings
from migrator.domain.together import together
from migrator.domain.wording import agrees, listed, plural
from migrator.reports.pull_request._markdown import clip, code, escape, prose, row, table_head
from migrator.reports.pull_request._story import Story
from migrator.reports.pull_request._undo import undo
from migrator.reports.pull_request._validation import validated

CLAUSES = (
    "workflow.7.9",
    "checklist-notes.4",
    "checklist.8",
)

MOST = 20
MOST_SOURCES = 6
MOST_PLACES = 3
_KINDS = {
    EditKind.MODEL: "{} of model ids",
    EditKind.PROMPT: "{} of prompts",
    EditKind.UNBLOCK: "{} outside the upgrade guide",
}


def counts(story: Story) -> str:
    """Give the table of outcomes."""
    done = "changed" if story.result else "to change"
    text = table_head("outcome", "sites", done, "held", "left")
    waiting = {site.id for site in story.summary.lanes[Lane.HELD]}
    sums = [0, 0, 0]
    for outcome in Outcome:
        sites = [site for site in story.plan.sites if site.outcome is outcome]
        changed = sum(site.id in story.changed for site in sites)
        held = sum(site.id in waiting for site in sites)
        figures = (len(sites), changed, held)
        sums = [total + figure for total, figure in zip(sums, figures, strict=True)]
        text += row(code(outcome), *map(str, figures), str(len(sites) - changed - held))
    return text + row("all", *map(str, sums), str(sums[0] - sums[1] - sums[2])) + "\n"


def statements(story: Story) -> str:
    """Give the seven statements, in the order a reviewer asks."""
    named = {
        "Claimed": _claimed(story),
        "Not claimed": _not_claimed(story),
        "Validated": validated(story),
        "Expect": _expect(story),
        "Complete": _complete(story),
        "Basis": _basis(story),
        "Undo": undo(story),
    }
    return "".join(f"**{name}.** {_flowing(said)}\n\n" for name, said in named.items())


def _flowing(said: Iterator[str]) -> str:
    """Join sentences; one that opens a line of its own keeps no blank before it."""
    return " ".join(said).replace(" \n", "\n")


def _claimed(story: Story) -> Iterator[str]:
    sites, edits = story.changed_sites, story.edits
    files = plural(len({edit.path for edit in edits}), "file")
    figures = (
        f"{plural(len(sites), 'site')} by {plural(len(edits), 'edit')}{_kinds(edits)} in {files}"
    )
    if story.result is None and not edits:
        yield "Nothing is changed, and this plan changes nothing."
    elif story.result is None:
        yield f"Nothing is changed yet. Applying this plan changes {figures}."
        yield "Each edit replaces exactly the bytes that the plan names."
    elif not edits:
        yield "Nothing was changed."
    else:
        commits = plural(len(story.result.commits), "commit")
        yield f"Changed: {figures}, as {commits} on {code(story.result.branch)}."
        yield "Each edit replaced exactly the planned bytes, and each edited file was proved to"
        yield "differ at the planned places alone; an edit without that proof was dropped."
    prompts = [edit for edit in edits if edit.kind is EditKind.PROMPT]
    if prompts:
        count, words = len(prompts), plural(sum(edit.words for edit in prompts), "word")
        yield f"{plural(count, 'prompt')} {agrees(count, 'gets', 'get')} {words} in all;"
        yield "such an edit only adds, and stands in a commit of its own."
    yield from _worded(story)
    if story.dropped:
        places = {group.id: listed(group.references, 3) for group in story.plan.groups}
        reasons = [
            f"{code(places.get(each, each))} ({prose(clip(why))})"
            for each, why in story.dropped.items()
        ]
        yield f"Dropped {plural(len(reasons), 'group')}: {listed(reasons, MOST)}."


def _worded(story: Story) -> Iterator[str]:
    """Say whose words prompts get, when a model was asked for them."""
    models = sorted({edit.worded_by for edit in story.edits if edit.worded_by})
    if models:
        count = sum(bool(edit.worded_by) for edit in story.edits)
        yield f"The words of {plural(count, 'prompt')} are by {code(listed(models, MOST))},"
        yield "taken because they say only what the block says; the plan keeps them."
    refused = [each for each in story.plan.advice if each.wording is Wording.REFUSED]
    if refused:
        reasons = [f"{code(each.prompt)} ({prose(clip(each.why))})" for each in refused]
        yield f"Its words were refused, and the block's own used, for {listed(reasons, MOST)}."


def _kinds(edits: tuple[PlanEdit, ...]) -> str:
    """Tell the layers apart, where there are several."""
    counts = Counter(edit.kind for edit in edits)
    if len(counts) < 2:  # noqa: PLR2004 - with one kind there is nothing to tell apart
        return ""
    said = [_KINDS[kind].format(counts[kind]) for kind in EditKind if counts[kind]]
    return f" ({', '.join(said)})"


def _not_claimed(story: Story) -> Iterator[str]:
    yield "That answers stay as good, as long, as fast or as cheap: none of it was measured,"
    yield "and no token saving is claimed."
    left = len(story.left_sites)
    if left:
        yield f"{plural(left, 'site')} {agrees(left, 'is', 'are')} left as found; why is below."


def _expect(story: Story) -> Iterator[str]:
    plan, sites = story.plan, story.changed_sites
    efforts = effort_changes(sites)
    if efforts:
        total = sum(efforts.values())
        models = ", ".join(f"{code(model)} {count}" for model, count in efforts.items())
        becomes = ", ".join(sorted({site.effort.becomes for site in sites} - {""}))
        yield f"Reasoning effort: {plural(total, 'site')} {agrees(total, 'sets', 'set')} no effort"
        yield f"and will run at {becomes} ({models})."
    else:
        yield "No change of default reasoning effort is known."
    known = prices(sites)
    if plan.playbook.price and known:
        after = "{:g}/{:g}".format(*plan.playbook.price)
        items = [
            f"{code(model)} {cost[0]:g}/{cost[1]:g} → {after}" for model, cost in known.items()
        ]
        read = f", read {escape(plan.playbook.price_read)}" if plan.playbook.price_read else ""
        yield f"List price in USD per million tokens in/out{read}: {listed(items, MOST)}."
    if sites:
        yield from (f"With {code(plan.target)}, {prose(each)}." for each in plan.playbook.notes)
    if plan.playbook.newer:
        newer = listed([code(each) for each in plan.playbook.newer], MOST)
        yield f"Newer than {code(plan.target)}: {newer}; this plan keeps to {code(plan.target)}."
    if plan.overrides:
        wins = [
            f"{code(each.key)} in {code(f'{each.path}:{each.line}')}" for each in plan.overrides
        ]
        yield f"Set elsewhere, and winning over the default in the code: {listed(wins, MOST)}."
    for text, places in together(plan).items():
        yield f"{prose(text)} {listed([code(each) for each in places], MOST_PLACES)}."
    yield from _warned(story)


def _warned(story: Story) -> Iterator[str]:
    found = warnings(_as_changed(site, story) for site in story.changed_sites)
    if not found:
        return
    lines = [
        f"- {prose(clip(cause.text))} ({escape(cause.rule)}): "
        f"{listed([code(each) for each in places], MOST_PLACES)}"
        for cause, places in list(found.items())[:MOST]
    ]
    if len(found) > MOST:
        lines.append(f"- and {plural(len(found) - MOST, 'more warning')}, site by site below")
    yield "What may need a look, beside the changed lines:\n\n" + "\n".join(lines)


def _as_changed(site: PlanSite, story: Story) -> PlanSite:
    """Give a site without what an edit outside the guide takes from it: a silent effort."""
    if site.id not in story.freed or site.effort.becomes:
        return site
    rest = tuple(each for each in site.findings if each.rule != EFFORT_RULE)
    return replace(site, findings=rest)


def _complete(story: Story) -> Iterator[str]:
    counts_by = story.plan.accounting
    total = sum(counts_by.get(bucket, 0) for bucket in Bucket)
    buckets = ", ".join(f"{each.replace('_', ' ')} {counts_by.get(each, 0)}" for each in Bucket)
    yield f"{plural(total, 'mention')} of model ids: {buckets}; residual"
    yield f"{counts_by.get('residual', 0)}; unread {plural(counts_by.get('unread', 0), 'file')}."
    if story.plan.skipped:
        files = [
            f"{code(each.path)} ({escape(clip(each.reason, 80))})" for each in story.plan.skipped
        ]
        yield f"Skipped: {listed(files, MOST)}."
    yield from (prose(clip(notice)) for notice in story.plan.notices[:MOST])


def _basis(story: Story) -> Iterator[str]:
    plan = story.plan
    pages = [
        f"[{escape(each.title)}]({each.url}), read {each.read}" for each in plan.playbook.sources
    ]
    if pages:
        yield f"{listed(pages, MOST_SOURCES)}."
    commit = code(plan.repository.commit) if plan.repository.commit else "none"
    dirty = ", with uncommitted changes" if plan.repository.dirty else ""
    yield f"Playbook {code(plan.playbook.name)} {code(plan.playbook.digest[:12])},"
    yield f"configuration {code(plan.config.digest[:12])}, tool {code(plan.tool)},"
    yield f"commit {commit}{dirty}."
