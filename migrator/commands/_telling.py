"""Word what `apply` tells: what it asks, what was made, what was left out, and the ways on."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path

from migrator.domain.edit_words import in_words
from migrator.domain.plan import Plan, PlanEdit
from migrator.domain.result import Dropped, Reach, Result
from migrator.domain.summary import liftable, place
from migrator.domain.validation import Commands
from migrator.domain.wording import listed, plural

_SHORT = 12
_MOST_EDITS = 20
_MOST_PLACES = 3


def preview_lines(
    edits: Sequence[PlanEdit], branch: str, base: str, commands: Commands, remote: str = ""
) -> tuple[str, ...]:
    """Say which edits would be committed where, what would run before that, and what after."""
    files = plural(len({edit.path for edit in edits}), "file")
    places = [f"{edit.path}:{edit.line}" for edit in edits[:_MOST_EDITS]]
    wide = max(map(len, places), default=0)
    rows = [f"  {at:{wide}}  {in_words(edit)}" for at, edit in zip(places, edits, strict=False)]
    more = len(edits) - len(rows)
    onto = f"to be committed on the new branch {branch} from {base[:_SHORT]}"
    return (
        f"{plural(len(edits), 'edit')} in {files}, {onto}:",
        *rows,
        *([f"  and {more} more; --diff shows all"] if more else []),
        *(f"To prepare a temporary checkout: {each.line}" for each in commands.setup),
        *(f"To validate, there: {each.line}" for each in commands.validate),
        _pushing(remote) if remote else "Your checkout stays as it is, and nothing is pushed.",
    )


def _pushing(remote: str) -> str:
    return (
        f"Your checkout stays as it is; the branch is then pushed to {remote}, and a draft pull "
        "request opened or updated."
    )


def done_lines(
    plan: Plan, result: Result, summary: Path, *, pushing: bool = False
) -> tuple[str, ...]:
    """Say which branch holds which commits, how to undo a group and how to open a pull request."""
    branch, body = shlex.quote(result.branch), shlex.quote(str(summary))
    made = f"{plural(len(result.commits), 'commit')} on {result.base[:_SHORT]}"
    return (
        f"Branch {result.branch}: {made}.",
        *_first([f"{each.commit[:_SHORT]}  {each.subject}" for each in result.commits]),
        *_left_out(plan, result.dropped),
        *validation_lines(plan, result),
        f"Your checkout is as it was{'' if pushing else ', and nothing is pushed'}.",
        "",
        "To undo a group, on the branch:",
        *_first(revert_lines(plan, result)),
        "",
        "What changed, what did not, and why:",
        f"  {summary}",
        *(() if pushing else ("", "To open the pull request:", *_opening(plan, branch, body))),
    )


def title_of(plan: Plan) -> str:
    """Give the title of a pull request."""
    return f"Upgrade to {plan.target}"


def _opening(plan: Plan, branch: str, body: str) -> tuple[str, ...]:
    title = shlex.quote(title_of(plan))
    return (
        f"  git push --set-upstream origin {branch}",
        f"  gh pr create --draft --head {branch} --title {title} --body-file {body}",
    )


def validation_lines(plan: Plan, result: Result) -> tuple[str, ...]:
    """Say what ran, what it is worth, and which changed sites no test ran."""
    if not result.validation:
        return ()
    ran = [
        f"{each.command}: {each.verdict}" + (f" ({each.detail})" if each.detail else "")
        for each in result.validation
    ]
    return ("Validated:", *_first(ran), *_reach_lines(plan, result.reach))


def _reach_lines(plan: Plan, reach: Sequence[Reach] | None) -> tuple[str, ...]:
    if not reach:
        return ()
    bare = {each.site for each in reach if not each.tests}
    places = [place(site) for site in plan.sites if site.id in bare]
    rest = f"; none runs {listed(places, _MOST_PLACES)}" if places else ""
    return (f"  Tests run {len(reach) - len(bare)} of {plural(len(reach), 'changed site')}{rest}",)


def nothing_lines(plan: Plan, dropped: Sequence[Dropped], why: str = "") -> tuple[str, ...]:
    """Say why no branch was made, and what can be done."""
    reason = "none of its edits could be carried out" if plan.edits else "the plan has no edit"
    words = {each.reason.partition(":")[0] for each in dropped}
    asks = liftable(plan.sites)
    ways = [
        "Commit or stash your changes to the files named above, then apply again."
        if "uncommitted" in words
        else "",
        "See what breaks in the output that is kept, mend it, then apply again."
        if "validation" in words
        else "",
        "Choose whole groups, or leave out --only and --site."
        if "partly-chosen" in words or (plan.edits and not dropped)
        else "",
        "See what holds each site, and what frees it: migrate plan -v",
        f"Answer its questions: migrate plan --confirm {','.join(asks)}" if asks else "",
    ]
    return (
        f"Nothing to apply, so no branch was made: {why or reason}.",
        *_left_out(plan, dropped),
        *_not_freed(plan),
        "",
        *(f"  {way}" for way in ways if way),
    )


def revert_lines(plan: Plan, result: Result) -> tuple[str, ...]:
    """Give the exact `git revert` line for each group, its newest commit first."""
    lines: dict[tuple[str, ...], list[str]] = {}
    for each in result.commits:
        lines.setdefault(each.groups, []).insert(0, each.commit[:_SHORT])
    return tuple(
        f"git revert --no-edit {' '.join(commits)}  # {_all_where(plan, groups)}"
        for groups, commits in lines.items()
    )


def _left_out(plan: Plan, dropped: Sequence[Dropped]) -> tuple[str, ...]:
    if not dropped:
        return ()
    head = f"Left out: {plural(len(dropped), 'group')}"
    return (head, *_first([f"{where(plan, each.group)}  {each.reason}" for each in dropped]))


def _not_freed(plan: Plan) -> tuple[str, ...]:
    left = plan.unblocking.left
    if not left:
        return ()
    head = f"Not freed by --unblock: {plural(len(left), 'group')}"
    return (head, *_first([f"{where(plan, each.group)}  {each.reason}" for each in left]))


def _first(lines: Sequence[str]) -> tuple[str, ...]:
    rest = len(lines) - _MOST_EDITS
    told = tuple(f"  {line}" for line in lines[:_MOST_EDITS])
    return (*told, f"  and {rest} more; the summary has them all") if rest > 0 else told


def _all_where(plan: Plan, groups: Sequence[str]) -> str:
    return listed([where(plan, each) for each in groups], _MOST_PLACES)


def where(plan: Plan, group: str) -> str:
    """Name a group by the places of its references, which a reader can open."""
    places = [at for each in plan.groups if each.id == group for at in each.references]
    return listed(places, _MOST_PLACES) or group
