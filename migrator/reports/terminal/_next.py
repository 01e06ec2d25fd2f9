"""Close with the commands that make sense now, and with no others."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from migrator.domain.layout import Row, Style, heading, table
from migrator.domain.report import View
from migrator.domain.summary import Lane, Summary, liftable
from migrator.domain.wording import plural


def next_steps(summary: Summary, width: int, view: View) -> Iterator[Row]:
    """Give the next commands; without an edit, say so and name the ways on."""
    commands = tuple(_commands(summary, view))
    layer = summary.plan.unblocking
    some = summary.plan.edits or layer.edits or layer.frees
    yield heading("Next" if some else "Next: there is nothing to apply")
    yield from table(commands, width, Style.COMMAND)
    yield from (Row(text) for text in _ways(summary))


def _commands(summary: Summary, view: View) -> Iterator[tuple[str, str]]:
    plan = view.command or _plan_command(summary)
    if summary.plan.sites and not view.verbose:
        yield f"{plan} -v", "one line per site"
    layer = summary.plan.unblocking
    if summary.plan.edits or layer.edits:
        if not view.saved:
            yield f"{plan} --save plan.json", "keep this plan"
        if summary.plan.repository.commit:
            saved = shlex.quote(view.saved or "plan.json")
            also = " --unblock" if layer.edits else ""
            branch = f"perform it on branch migrate/{summary.plan.target}"
            yield f"migrate apply {saved}{also}", branch
    if layer.frees and not layer.sampling:
        apply = plan.replace("migrate plan", "migrate apply", 1)
        frees = f"show mechanical edits that free up to {plural(len(layer.frees), 'site')} more"
        yield f"{apply} --unblock --diff", f"{frees}, outside the upgrade guide"
    lanes = (Lane.ANSWER,) if summary.plan.edits else (Lane.ANSWER, Lane.ROLE)
    asks = liftable(summary.sites(*lanes))
    if asks:
        yield f"{plan} --confirm {','.join(asks)}", "say yes to what asks"


def _ways(summary: Summary) -> Iterator[str]:
    if summary.plan.edits:
        if not summary.plan.repository.commit:
            yield "Applying needs a git repository with a commit."
        return
    if summary.lanes[Lane.ONE_LINE] or summary.lanes[Lane.WORK]:
        yield "Make the changes named above, then plan again."
    if summary.lanes[Lane.UNKNOWN]:
        yield "Settle what is unknown with a decision in [tool.migrate], then plan again."
    if not summary.plan.sites:
        yield "No model usage was found here."


def _plan_command(summary: Summary) -> str:
    scope = summary.plan.repository.scope
    return f"migrate plan {shlex.quote(scope)}" if scope not in {"", "."} else "migrate plan"
