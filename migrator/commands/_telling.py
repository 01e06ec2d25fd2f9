"""Word what `apply` tells at its end: what was made, what was left out, and the ways on."""

from __future__ import annotations

import shlex
from pathlib import Path

from migrator.domain.result import Dropped, Result

_SHORT = 12


def done_lines(result: Result, target: str, summary: Path) -> tuple[str, ...]:
    """Say which branch holds which commits, how to undo a group and how to open a pull request."""
    branch, body = shlex.quote(result.branch), shlex.quote(str(summary))
    made = f"{_count(len(result.commits), 'commit')} on {result.base[:_SHORT]}"
    return (
        f"Branch {result.branch}: {made}. Your checkout is as it was; nothing is pushed.",
        *(f"  {each.commit[:_SHORT]}  {each.subject}" for each in result.commits),
        *_left_out(result.dropped),
        "",
        "To undo a group, on the branch:",
        *(f"  {line}" for line in revert_lines(result)),
        "",
        "To open the pull request:",
        f"  git push --set-upstream origin {branch}",
        f"  gh pr create --head {branch} --title 'Upgrade to {target}' --body-file {body}",
    )


def nothing_lines(dropped: tuple[Dropped, ...], planned: int) -> tuple[str, ...]:
    """Say why no branch was made, and what can be done."""
    head = "Nothing to apply, so no branch was made: "
    why = "none of the plan's edits could be carried out." if planned else "the plan has no edit."
    ways = [
        "See what holds each site, and what frees it: migrate plan -v",
        "Answer its questions: migrate plan --confirm REASON,...",
    ]
    words = {each.reason.partition(":")[0] for each in dropped}
    if "uncommitted" in words:
        ways.insert(0, "Commit or stash your changes to the files named above, then apply again.")
    if "partly-chosen" in words or (planned and not dropped):
        ways.insert(0, "Choose whole groups, or leave out --only and --site.")
    return (head + why, *_left_out(dropped), "", *(f"  {way}" for way in ways))


def revert_lines(result: Result) -> tuple[str, ...]:
    """Give the exact `git revert` line for each group, its newest commit first."""
    lines: dict[tuple[str, ...], list[str]] = {}
    for each in result.commits:
        lines.setdefault(each.groups, []).insert(0, each.commit[:_SHORT])
    return tuple(
        f"git revert --no-edit {' '.join(commits)}  # {', '.join(groups)}"
        for groups, commits in lines.items()
    )


def _left_out(dropped: tuple[Dropped, ...]) -> tuple[str, ...]:
    if not dropped:
        return ()
    head = f"Left out: {_count(len(dropped), 'group')}"
    return (head, *(f"  {each.group}  {each.reason}" for each in dropped))


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
