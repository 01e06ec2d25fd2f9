"""Push the branch of a plan, when asked, and open or update its draft pull request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from migrator.adapters.apply_record import recorded
from migrator.adapters.git_command import Git, shared_git_folder
from migrator.adapters.github import GitHub
from migrator.adapters.plan_file import dump_plan, plan_digest
from migrator.adapters.remote import Remote
from migrator.adapters.repository import OpenedTree
from migrator.adapters.worktree import settled, tip_of
from migrator.commands.apply import ApplyOptions, branch_of, chosen_groups
from migrator.domain.errors import RefusedError
from migrator.domain.plan import Plan
from migrator.domain.pull_request import PullRequest
from migrator.domain.result import Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How a branch gets to its pull request.

    `there` is the commit that it names at the remote, empty while there is none; `known` the pull
    request that describes it.
    """

    remote: Remote
    github: GitHub
    branch: str
    there: str
    known: PullRequest | None


@dataclass(frozen=True, slots=True)
class Made:
    """A branch that is whole: its newest commit, and the summary that describes it."""

    tip: str
    summary: Path


def find_way(opened: OpenedTree, branch: str) -> Way:
    """Look whether a branch can be pushed and described, before anything is made.

    Raises RefusedError: without `gh` or a remote, when commits that only this checkout has would be
    pushed along, and when the branch there, or its pull request, is another's.
    """
    github, remote = GitHub.at(opened.root), Remote.of(Git(opened.root))
    if opened.commit and not remote.has(opened.commit):
        raise RefusedError(
            f"no branch of {remote.name} holds {opened.commit[:12]}, so --pr would publish commits "
            "of yours along with its own",
            f"Push your branch first, or fetch {remote.name} if it is there already.",
        )
    there = remote.tip(branch)
    from_here = github.open_from(branch)
    known = next((each for each in from_here if each.marked), None)
    theirs = next((each for each in from_here if not each.marked and not each.elsewhere), None)
    way = Way(remote=remote, github=github, branch=branch, there=there, known=known)
    if theirs and not known:
        raise RefusedError(
            f"{theirs.url} comes from {branch} and has a description of its own",
            f"Choose another branch: migrate apply --pr --branch {branch}-2",
        )
    return way


def made_before(opened: OpenedTree, plan: Plan, options: ApplyOptions) -> Made | None:
    """Give the branch if an earlier run made it, whole, of this very plan and choice."""
    git, branch = Git(opened.root), branch_of(plan, options)
    with settled(git) as (records, _):
        result = recorded(records, branch)
        tip = tip_of(git, branch)
    if result is None or not result.commits or tip != result.commits[-1].commit:
        return None
    same = result.plan == plan_digest(dump_plan(plan)) and _commands(result) == tuple(
        each.line for each in options.commands.validate
    )
    asked = chosen_groups(plan, options)
    done = {each for commit in result.commits for each in commit.groups}
    if not same or done | {each.group for each in result.dropped} != asked:
        return None
    return Made(tip, records / branch / "summary.md")


def made_now(opened: OpenedTree, result: Result) -> Made:
    """Give the branch that a run just made."""
    records = shared_git_folder(Git(opened.root)) / "migrate"
    return Made(result.commits[-1].commit, records / result.branch / "summary.md")


def propose(way: Way, made: Made, title: str, say: Callable[[str], None]) -> None:
    """Push the branch, and open a draft or describe the one there is anew.

    A branch there is replaced only while it names the commit that the pull request describes.
    Raises RefusedError.
    """
    if way.there != made.tip:
        check_replaceable(way)
        way.remote.push(way.branch, made.tip, way.there)
        say(f"Pushed {way.branch} to {way.remote.name}.")
    if way.known:
        way.github.describe(way.known.number, made.summary)
        say(f"Updated the pull request: {way.known.url}")
        return
    url = way.github.open_draft(way.branch, way.remote.upstream, title, made.summary)
    say(f"Opened a draft pull request: {url}")


def check_replaceable(way: Way) -> None:
    """Raise RefusedError where the branch there names what no pull request of ours describes."""
    if way.there and not (way.known and way.known.describes == way.there):
        raise RefusedError(
            f"{way.branch} of {way.remote.name} names {way.there[:12]}, which no pull request of "
            "this tool describes: somebody may have added to it",
            f"Look at it; then choose another branch (--branch {way.branch}-2), or delete it "
            f"there: git push {way.remote.name} --delete {way.branch}",
        )


def _commands(result: Result) -> tuple[str, ...]:
    return tuple(each.command for each in result.validation)
