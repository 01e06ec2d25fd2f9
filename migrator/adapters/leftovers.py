"""Remove what an apply made for its own use: its temporary folder, its worktrees, its branch."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from migrator.adapters.apply_lock import Leftover
from migrator.adapters.git_command import Git


def remove_leftover(git: Git, made: Leftover, worktrees: Path) -> bool:
    """Remove what was noted, and tell whether nothing of it is left. Never raises.

    A noted branch goes only while it is checked out in one of the noted worktrees. Worktrees of
    the user's stay, also those whose folder is out of reach at the moment. `worktrees` is where
    git keeps its entries of all of them.
    """
    if not made.folder.name.startswith(Leftover.PREFIX):
        return True
    ours = tuple(_worktrees(git, made.folder))
    for place, _ in ours:
        git.ask("worktree", "remove", "--force", "--force", str(place))
    shutil.rmtree(made.folder, ignore_errors=True)
    for entry in _entries(worktrees, made):
        shutil.rmtree(entry, ignore_errors=True)
    held = made.branch and any(branch == made.branch for _, branch in ours)
    if held:
        unlock(worktrees.parent, made.branch)
    gone = not held or git.ask("branch", "--quiet", "-D", made.branch).code == 0
    return gone and not made.folder.exists() and not any(_entries(worktrees, made))


def unlock(git_folder: Path, branch: str) -> None:
    """Remove the lock file that a git of ours left on the branch's name when it was killed."""
    with suppress(OSError):
        (git_folder / "refs" / "heads" / f"{branch}.lock").unlink(missing_ok=True)


def _worktrees(git: Git, folder: Path) -> Iterator[tuple[Path, str]]:
    """Give each registered worktree in a folder, with its branch."""
    for entry in git.ask("worktree", "list", "--porcelain").text.split("\n\n"):
        lines = dict(line.partition(" ")[::2] for line in entry.split("\n"))
        place = Path(lines.get("worktree", ""))
        if place.is_relative_to(folder):
            yield place, lines.get("branch", "").removeprefix("refs/heads/")


def _entries(worktrees: Path, made: Leftover) -> Iterator[Path]:
    """Give the entries that lead into our folder, or that git began for us and gave no place."""
    for entry in worktrees.iterdir() if worktrees.is_dir() else ():
        try:
            place = Path((entry / "gitdir").read_text().strip())
        except OSError:
            ours = entry.name not in made.known
        else:
            ours = place.is_relative_to(made.folder)
        if ours:
            yield entry
