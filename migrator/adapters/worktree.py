"""Work in temporary git worktrees; the user's checkout is never touched."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from secrets import token_hex

from migrator.adapters.apply_lock import ApplyLock, Leftover, apply_lock
from migrator.adapters.apply_record import recover_record
from migrator.adapters.git_command import Git, shared_git_folder
from migrator.adapters.interruptions import kills_unwind, undisturbed
from migrator.adapters.leftovers import remove_leftover, unlock
from migrator.domain.errors import GitError, UsageError

# Hooks that run for a commit, and so may look at the name of the branch it is made on.
_COMMIT_HOOKS = ("pre-commit", "prepare-commit-msg", "commit-msg", "post-commit")
# A post-checkout hook is meant for the user's own checkouts; commits still run every hook.
_NO_HOOKS = ("-c", "core.hooksPath=/dev/null")


@dataclass(frozen=True, slots=True, kw_only=True)
class Worktree:
    """A temporary checkout of `base`, whose commits become `branch` once it is published.

    `records` is where results may be kept: the folder `migrate` of the common git directory.
    `named` tells that the branch is checked out here from the start.
    """

    git: Git
    branch: str
    base: str
    records: Path
    lock: ApplyLock
    named: bool

    @property
    def root(self) -> Path:
        """The folder of the checkout."""
        return self.git.folder

    def read(self, path: str) -> bytes | None:
        """Give the bytes of a regular file as checked out, None when there is none.

        A path that leaves the checkout, or goes through a symbolic link, names no file of it.
        """
        place = self.root / path
        inside = place.resolve() == place and place.is_relative_to(self.root)
        return place.read_bytes() if inside and place.is_file() else None

    def tip(self) -> str:
        """Give the newest commit."""
        return self.git.run("rev-parse", "--verify", "HEAD").text

    def publish(self) -> None:
        """Let the branch name the newest commit, and stay.

        Raises GitError when git cannot make it, as when it came to be meanwhile.
        """
        if self.named:
            noted = self.lock.leftover()
            if noted:
                self.lock.note(replace(noted, branch=""))
            return
        tip = self.tip()
        name, nothing = f"refs/heads/{self.branch}", "0" * len(tip)
        answer = self.git.ask("update-ref", "-m", "migrate apply", name, tip, nothing)
        if answer.code < 0:
            unlock(self.records.parent, self.branch)
        if answer.code != 0 and tip_of(self.git, self.branch) != tip:
            raise GitError(
                f"git could not make the branch {self.branch}: {answer.err}",
                "Mend what git names, then try again; nothing was changed.",
            )


@contextmanager
def temporary_worktree(root: Path, branch: str, base: str) -> Iterator[Worktree]:
    """Check out `base` in a folder of its own, removed when the block ends.

    The branch comes to be when it is published, so that a killed run leaves none half made. Where
    hooks run for commits it is checked out from the start, because they may ask for its name, and
    goes again unless it is published. What a killed run left behind is removed first. Raises
    UsageError for a name that no branch can have, GitError when the branch exists, git refuses,
    or nothing can be written.
    """
    git = Git(root)
    with _ready(git, branch) as (records, lock), _writing():
        # Noted before it is made: whatever comes, the next run knows what to remove.
        folder = Path(tempfile.gettempdir()).resolve() / f"{Leftover.PREFIX}{token_hex(8)}"
        named = branch if _has_commit_hooks(git) else ""
        lock.note(Leftover(folder, branch, _known_worktrees(records)))
        try:
            folder.mkdir(mode=0o700)
            place = folder / root.name
            checkout = _add(git, place, base, named)
            yield Worktree(
                git=checkout,
                branch=branch,
                base=base,
                records=records,
                lock=lock,
                named=bool(named),
            )
        finally:
            with undisturbed():
                _clear(git, lock, records)


@contextmanager
def second_checkout(work: Worktree) -> Iterator[Git]:
    """Check out the base once more beside a temporary worktree, on no branch."""
    place = work.root.parent / "validation" / work.root.name
    try:
        yield _add(work.git, place, work.base, "")
    finally:
        with undisturbed():
            work.git.ask("worktree", "remove", "--force", "--force", str(place))


def check_branch(root: Path, branch: str) -> None:
    """Raise what `temporary_worktree` would raise for this branch, before anything is begun."""
    with _ready(Git(root), branch):
        return


def tip_of(git: Git, branch: str) -> str | None:
    """Give the commit that a branch names, None when there is no such branch."""
    answer = git.ask("rev-parse", "--quiet", "--verify", f"refs/heads/{branch}")
    return answer.text if answer.code == 0 else None


@contextmanager
def settled(git: Git) -> Iterator[tuple[Path, ApplyLock]]:
    """Hold the lock once what a killed run left is removed; give it with the folder of records.

    Raises GitError while another run holds it, and when nothing can be written there.
    """
    records = shared_git_folder(git) / "migrate"
    with kills_unwind(), apply_lock(records) as lock:
        killed = lock.leftover()
        if killed and killed.branch:
            unlock(records.parent, killed.branch)
        _clear(git, lock, records)
        recover_record(records, lambda name: tip_of(git, name))
        yield records, lock


@contextmanager
def _ready(git: Git, branch: str) -> Iterator[tuple[Path, ApplyLock]]:
    _check_name(git, branch)
    with settled(git) as (records, lock):
        if tip_of(git, branch) is not None:
            raise GitError(
                f"the branch {branch} already exists, and is not built upon or reset",
                f"Delete it:  git branch -D {branch}\n"
                f"or choose another:  migrate apply --branch {branch}-2",
            )
        _refuse_name_in_the_way(git, branch)
        yield records, lock


def _check_name(git: Git, branch: str) -> None:
    answer = git.ask("check-ref-format", f"refs/heads/{branch}")
    if answer.code == 1 or branch.startswith("-"):
        raise UsageError(f"{branch!r} cannot name a branch", "Choose another: --branch NAME")
    if answer.code != 0:
        raise GitError(f"git check-ref-format failed: {answer.err}", "Run `git status` there.")


def _clear(git: Git, lock: ApplyLock, records: Path) -> None:
    """Remove what is noted; it stays noted, for the next run, while it cannot all be removed."""
    noted = lock.leftover()
    if noted is None or remove_leftover(git, noted, records.parent / "worktrees"):
        lock.settle()


def _refuse_name_in_the_way(git: Git, branch: str) -> None:
    """Raise GitError when a branch stands where git would need a folder, or the reverse."""
    parts = branch.split("/")
    above = {"/".join(parts[:count]) for count in range(1, len(parts))}
    patterns = [f"refs/heads/{parts[0]}"]
    for name in git.run("for-each-ref", "--format=%(refname)", *patterns).text.split("\n"):
        other = name.removeprefix("refs/heads/")
        if other in above or other.startswith(f"{branch}/"):
            raise GitError(
                f"the branch {branch} cannot be made while there is a branch {other}",
                "Choose another name: migrate apply --branch NAME",
            )


@contextmanager
def _writing() -> Iterator[None]:
    """Turn a full disk, or one that may not be written, into what the user can mend."""
    try:
        yield
    except OSError as error:
        named = f" {error.filename}" if error.filename else ""
        raise GitError(
            f"cannot write{named}: {error.strerror or error}",
            "Make room, or the place writable (TMPDIR says where temporary checkouts go), "
            "then apply again; nothing was changed.",
        ) from error


def _has_commit_hooks(git: Git) -> bool:
    folder = git.folder / git.run("rev-parse", "--git-path", "hooks").text
    return any((folder / name).exists() for name in _COMMIT_HOOKS)


def _known_worktrees(records: Path) -> tuple[str, ...]:
    folder = records.parent / "worktrees"
    return tuple(sorted(each.name for each in folder.iterdir())) if folder.is_dir() else ()


def _add(git: Git, place: Path, base: str, branch: str) -> Git:
    """Check out `base` at a place and give git there; with a name, on a new branch."""
    # Content that git-lfs would fetch over the network is not needed to edit other files.
    skip = {"GIT_LFS_SKIP_SMUDGE": "1"}
    checkout = Git.trusting(place)
    add = ("worktree", "add", "--quiet", "--detach", str(place), base)
    answer = git.ask(*_NO_HOOKS, *add, environment=skip)
    if answer.code == 0 and branch:
        answer = checkout.ask(*_NO_HOOKS, "checkout", "--quiet", "-b", branch, environment=skip)
    if answer.code != 0:
        raise GitError(
            f"git could not check out {base[:12]} in a temporary worktree: {answer.err}",
            "Mend what git names, then try again; nothing was changed.",
        )
    return checkout
