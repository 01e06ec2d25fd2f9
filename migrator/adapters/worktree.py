"""Work in a temporary git worktree on a new branch; the user's checkout is never touched."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from migrator.adapters.apply_lock import ApplyLock, Leftover, apply_lock
from migrator.adapters.git_command import Git, shared_git_folder
from migrator.adapters.interruptions import kills_unwind, undisturbed
from migrator.domain.errors import GitError, UsageError

_PREFIX = "migrate-apply-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Worktree:
    """A temporary checkout: git run in it, its branch, where it started, and the shared folder.

    `records` is where results may be kept: the folder `migrate` of the common git directory.
    """

    git: Git
    branch: str
    base: str
    records: Path

    @property
    def root(self) -> Path:
        """The folder of the checkout."""
        return self.git.folder

    def read(self, path: str) -> bytes | None:
        """Give the bytes of a regular file as checked out, None when there is none."""
        place = self.root / path
        return None if place.is_symlink() or not place.is_file() else place.read_bytes()

    def tip(self) -> str:
        """Give the commit that the branch stands at."""
        return self.git.run("rev-parse", "--verify", f"refs/heads/{self.branch}").text


@contextmanager
def temporary_worktree(root: Path, branch: str, base: str) -> Iterator[Worktree]:
    """Check out `base` on the new `branch` in a folder of its own, removed when the block ends.

    The branch stays only when the block ends in order and has committed something. What a killed
    run left behind is removed first. Raises UsageError for a name that no branch can have,
    GitError when the branch exists or git refuses.
    """
    git = Git(root)
    with _ready(git, branch) as (records, lock):
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX)).resolve()
        made = Leftover(folder / root.name, branch)
        keep = False
        try:
            lock.note(made)
            _add(git, made, base)
            yield Worktree(git=Git(made.worktree), branch=branch, base=base, records=records)
            keep = _tip(git, branch) != base
        finally:
            with undisturbed():
                _remove(git, made, keep_branch=keep)
                if not keep and _tip(git, branch) == base:
                    # A checkout that failed half-way leaves the branch without its worktree.
                    git.ask("branch", "--quiet", "-D", branch)


def check_branch(root: Path, branch: str) -> None:
    """Raise what `temporary_worktree` would raise for this branch, before anything is begun."""
    with _ready(Git(root), branch):
        return


@contextmanager
def _ready(git: Git, branch: str) -> Iterator[tuple[Path, ApplyLock]]:
    if git.ask("check-ref-format", f"refs/heads/{branch}").code != 0 or branch.startswith("-"):
        raise UsageError(f"{branch!r} cannot name a branch", "Choose another: --branch NAME")
    records = shared_git_folder(git) / "migrate"
    with kills_unwind(), apply_lock(records) as lock:
        _remove_leftover(git, lock)
        if _tip(git, branch) is not None:
            raise GitError(
                f"the branch {branch} already exists, and is not built upon or reset",
                f"Delete it:  git branch -D {branch}\n"
                f"or choose another:  migrate apply --branch {branch}-2",
            )
        yield records, lock


def _tip(git: Git, branch: str) -> str | None:
    answer = git.ask("rev-parse", "--quiet", "--verify", f"refs/heads/{branch}")
    return answer.text if answer.code == 0 else None


def _add(git: Git, made: Leftover, base: str) -> None:
    # A post-checkout hook is meant for the user's own checkouts; commits still run every hook.
    answer = git.ask(
        *("-c", "core.hooksPath=/dev/null"),
        *("worktree", "add", "--quiet", "--no-track", "-b", made.branch),
        *(str(made.worktree), base),
    )
    if answer.code != 0:
        raise GitError(
            f"git could not check out {base[:12]} on the branch {made.branch}: {answer.err}",
            "Mend what git names, then try again; nothing was changed.",
        )


def _remove(git: Git, made: Leftover, *, keep_branch: bool) -> None:
    """Remove the worktree, and the branch only while it is checked out in that very worktree."""
    ours = _checked_out(git, made)
    git.ask("worktree", "remove", "--force", "--force", str(made.worktree))
    if made.worktree.parent.name.startswith(_PREFIX):
        shutil.rmtree(made.worktree.parent, ignore_errors=True)
    git.ask("worktree", "prune")
    if ours and not keep_branch:
        git.ask("branch", "--quiet", "-D", made.branch)


def _checked_out(git: Git, made: Leftover) -> bool:
    listed = git.ask("worktree", "list", "--porcelain").text
    entries = [entry.split("\n") for entry in listed.split("\n\n")]
    wanted = {f"worktree {made.worktree}", f"branch refs/heads/{made.branch}"}
    return any(wanted <= set(entry) for entry in entries)


def _remove_leftover(git: Git, lock: ApplyLock) -> None:
    leftover = lock.leftover()
    if leftover:
        _remove(git, leftover, keep_branch=False)
