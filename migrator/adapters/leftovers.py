"""Remove what an apply made for its own use: its temporary folder, its worktrees, its branch."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from migrator.adapters.apply_lock import Leftover
from migrator.adapters.git_command import Git, shared_git_folder


def remove_leftover(git: Git, made: Leftover, *, keep_branch: bool) -> None:
    """Remove all of it; the branch only while it is checked out in one of these very worktrees.

    Worktrees of the user's stay, also those whose folder is out of reach at the moment.
    """
    if not made.folder.name.startswith(Leftover.PREFIX):
        return
    ours = tuple(_worktrees(git, made.folder))
    for place, _ in ours:
        git.ask("worktree", "remove", "--force", "--force", str(place))
    shutil.rmtree(made.folder, ignore_errors=True)
    for entry in _half_made(git, made):
        shutil.rmtree(entry, ignore_errors=True)
    held = made.branch and any(branch == made.branch for _, branch in ours)
    if held and not keep_branch:
        git.ask("branch", "--quiet", "-D", made.branch)


def _worktrees(git: Git, folder: Path) -> Iterator[tuple[Path, str]]:
    """Give each registered worktree in a folder, with its branch."""
    for entry in git.ask("worktree", "list", "--porcelain").text.split("\n\n"):
        lines = dict(line.partition(" ")[::2] for line in entry.split("\n"))
        place = Path(lines.get("worktree", ""))
        if place.is_relative_to(folder):
            yield place, lines.get("branch", "").removeprefix("refs/heads/")


def _half_made(git: Git, made: Leftover) -> Iterator[Path]:
    """Give the entries that git began for us and could not even give a place."""
    folder = shared_git_folder(git) / "worktrees"
    for entry in folder.iterdir() if folder.is_dir() else ():
        place = entry / "gitdir"
        if not place.exists():
            ours = entry.name not in made.known
        else:
            ours = Path(place.read_text().strip()).is_relative_to(made.folder)
        if ours:
            yield entry
