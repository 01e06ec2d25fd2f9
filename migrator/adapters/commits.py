"""Commit exact bytes through git itself, so that hooks, signing and author settings behave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from migrator.adapters.git_command import Git, path_text
from migrator.adapters.worktree import Worktree
from migrator.domain.errors import GitError

Files: TypeAlias = Mapping[str, tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Recorded:
    """A commit was made, and holds exactly the bytes it was given."""

    commit: str


@dataclass(frozen=True, slots=True)
class Spoilt:
    """No commit stands: it would have held other bytes at `paths`.

    `reason` starts with `hook` or `unproved`.
    """

    paths: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A file as a commit holds it."""

    mode: str
    blob: str


def record(work: Worktree, files: Files, message: str) -> Recorded | Spoilt:
    """Commit `files`, each as its checked-out bytes before and after.

    Raises GitError, with what git and the hooks said, when git refuses the commit.
    """
    before = work.tip()
    staged = _stage(work, files)
    converted = tuple(
        path
        for path, change in files.items()
        if not _exact(work.git, f"{before}:{path}", staged[path].blob, change)
    )
    if converted:
        undo(work, before)
        named = ", ".join(converted)
        return Spoilt(converted, f"unproved: git converts more of {named} than the planned bytes")
    _commit(work.git, message)
    commit = work.tip()
    spoilt = _differing(work.git, before, commit, staged)
    if spoilt:
        undo(work, before)
        named = ", ".join(spoilt)
        return Spoilt(spoilt, f"hook: a commit hook rewrote {named} beyond the planned bytes")
    return Recorded(commit)


def undo(work: Worktree, commit: str) -> None:
    """Set the temporary worktree and its branch back to an earlier commit of this run."""
    work.git.run("reset", "--quiet", "--hard", commit)
    work.git.run("clean", "--quiet", "-d", "--force", "--force")


def _stage(work: Worktree, files: Files) -> Mapping[str, Entry]:
    for path, (_, after) in files.items():
        # Opened, not replaced: the file keeps its mode.
        (work.root / path).write_bytes(after)
    names = "\0".join(files).encode()
    work.git.run("update-index", "-z", "--stdin", stdin=names)
    listed = work.git.run("--literal-pathspecs", "ls-files", "--stage", "-z", "--", *files).out
    entries: dict[str, Entry] = {}
    for line in filter(None, listed.split(b"\0")):
        head, _, raw = line.partition(b"\t")
        mode, blob, _ = head.decode().split(" ")
        entries[path_text(raw)] = Entry(mode, blob)
    return entries


def _exact(git: Git, earlier: str, blob: str, change: tuple[bytes, bytes]) -> bool:
    """Tell whether the stored bytes changed as the checked-out bytes did, and no more.

    Git may store a file with other line ends than it checks out; any other conversion (a filter,
    an encoding) cannot be followed byte by byte.
    """
    stored_before = git.run("cat-file", "blob", earlier).out
    stored_after = git.run("cat-file", "blob", blob).out
    before, after = change
    if stored_before == before:
        return stored_after == after
    return stored_before == _line_feeds(before) and stored_after == _line_feeds(after)


def _line_feeds(content: bytes) -> bytes:
    return content.replace(b"\r\n", b"\n")


def _commit(git: Git, message: str) -> None:
    answer = git.run_hooked(
        *("-c", "i18n.commitEncoding=utf-8"),
        *("commit", "--quiet", "--cleanup=whitespace", "--file=-"),
        stdin=message.encode(),
    )
    if answer.code != 0:
        subject = message.partition("\n")[0]
        raise GitError(
            f"git refused the commit “{subject}”; it and its hooks said:\n{answer.err}",
            "Make the hook pass, or correct your git settings, then apply again; "
            "nothing was changed.",
        )


def _differing(git: Git, before: str, commit: str, staged: Mapping[str, Entry]) -> tuple[str, ...]:
    """List the paths at which the commit does not hold what was staged, or holds more."""
    fields = git.run("diff-tree", "-r", "-z", "--no-renames", before, commit).out.split(b"\0")
    made: dict[str, Entry] = {}
    for head, raw in zip(fields[0::2], fields[1::2], strict=False):
        _, mode, _, blob, _ = head.decode().split(" ")
        made[path_text(raw)] = Entry(mode, blob)
    differing = {path for path in made.keys() | staged.keys() if made.get(path) != staged.get(path)}
    return tuple(sorted(differing))
