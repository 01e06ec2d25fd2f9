"""Open the tree that a PATH belongs to: a git work tree, or else the plain folder."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from migrator.adapters.git_command import Answer, Git, path_text
from migrator.adapters.plain_folder import PlainFolder
from migrator.adapters.submodules import submodule_matches
from migrator.adapters.tracked_files import TrackedFiles
from migrator.domain.errors import GitError, UsageError
from migrator.domain.line_pattern import LinePattern
from migrator.domain.ports import Tree

_STATUS = ("status", "--porcelain", "-z", "--untracked-files=no", "--ignore-submodules=all")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedTree:
    """A tree with what is known of its version.

    `commit` is None outside git (`versioned` is false then) and before the first commit. `scope`
    is PATH relative to `root`, with `/` and empty for the root. `untracked` counts the untracked,
    not ignored files that match any of the patterns it is given; `submodules` counts, for each,
    the files in it that do, None where it is not checked out. `modified` gives the tracked files
    that differ from the commit.
    `committed_on` is the commit's ISO date, empty without a commit.
    `stamp` tells this state of all files from any other; empty where only reading them could.
    """

    tree: Tree
    root: Path
    versioned: bool
    commit: str | None
    scope: str
    untracked: Callable[[Iterable[LinePattern]], int]
    stamp: Callable[[], str]
    submodules: Callable[[Iterable[LinePattern]], Mapping[str, int | None]] = lambda _patterns: {}
    modified: Callable[[], frozenset[str]] = frozenset
    committed_on: str = ""


def open_tree(path: Path, *, ahead: bool = False) -> OpenedTree:
    """Open the work tree around `path`, or the folder itself when there is no git.

    `ahead` starts at once, side by side, what git is going to be asked for a plan.

    Raises UsageError when `path` is no folder, GitError when the repository cannot be used.
    """
    folder = _folder(path)
    if shutil.which("git") is None:
        return _plain(folder)
    answer = Git(folder).ask(
        "rev-parse", "--is-bare-repository", "--is-inside-work-tree", "--show-prefix",
        "--show-toplevel",
    )  # fmt: skip
    if answer.code == 0:
        _, _, prefix, root = answer.text.split("\n", 3)
        return _work_tree(Git(Path(root)), prefix.rstrip("/"), ahead=ahead)
    _refuse_unusable(path, folder, answer)
    return _plain(folder)


def _folder(path: Path) -> Path:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(
            f"cannot open {path}: {reason}", "Give the folder of the project, or a part of it."
        ) from None
    if not stat.S_ISDIR(mode):
        raise UsageError(f"{path} is a file", f"Give its folder: {path.parent}")
    if not os.access(path, os.R_OK | os.X_OK):
        raise UsageError(f"cannot read {path}", "Give yourself the right to read it.")
    return path.resolve()


def _plain(folder: Path) -> OpenedTree:
    return OpenedTree(
        tree=PlainFolder(folder),
        root=folder,
        versioned=False,
        commit=None,
        scope="",
        untracked=lambda _patterns: 0,
        stamp=lambda: "",
    )


def _work_tree(git: Git, scope: str, *, ahead: bool) -> OpenedTree:
    tree = TrackedFiles(git)
    status = git.begin(*_STATUS) if ahead else cache(lambda: git.run(*_STATUS))
    if ahead:
        tree.begin()
    commit = _head(git)
    return OpenedTree(
        tree=tree,
        root=git.folder,
        versioned=True,
        commit=commit,
        committed_on=_date_of(git, commit) if commit else "",
        scope=scope,
        untracked=tree.count_untracked,
        submodules=lambda patterns: submodule_matches(git, tree.submodules(), patterns),
        modified=lambda: _modified(status().out),
        stamp=lambda: tree.stamp(status().out),
    )


def _date_of(git: Git, commit: str) -> str:
    """Give a commit's date; `git show -s` would go through all its files before it shows none."""
    return git.run("log", "-1", "--no-show-signature", "--format=%cs", commit).text


def _modified(status: bytes) -> frozenset[str]:
    """Read `git status --porcelain -z`: `XY path`, and for a rename the old path behind it."""
    fields = iter(status.split(b"\0"))
    found: set[str] = set()
    for entry in fields:
        found.add(path_text(entry[3:]))
        if entry[:1] in {b"R", b"C"}:
            found.add(path_text(next(fields, b"")))
    return frozenset(found - {""})


def _head(git: Git) -> str | None:
    answer = git.ask("rev-parse", "--quiet", "--verify", "HEAD^{commit}")
    if answer.code == 0:
        return answer.text
    branch = git.ask("symbolic-ref", "--quiet", "HEAD")
    named = git.ask("rev-parse", "--quiet", "--verify", "HEAD").code == 0
    written = branch.code == 0 and (git.folder / _path_of(git, branch.text)).exists()
    if branch.code != 0 or named or written:
        raise GitError(
            f"HEAD of {git.folder} names a commit that is not there",
            "Run `git fsck` there and restore the branch, for example from `git reflog`.",
        )
    return None


def _path_of(git: Git, name: str) -> str:
    return git.run("rev-parse", "--git-path", name).text


def _refuse_unusable(path: Path, folder: Path, answer: Answer) -> None:
    """Raise GitError when there is a repository that cannot be used; pass when there is none."""
    bare, _, rest = answer.text.partition("\n")
    if bare == "true" or "bare repository" in answer.err:
        raise GitError(
            f"{path} is a bare repository: it has no files to read",
            "Clone it, and give the folder of the clone.",
        )
    if rest.startswith("false"):
        raise GitError(
            f"{path} lies inside a git directory", "Give the folder of the project instead."
        )
    if _repository_above(folder):
        cause, _, advice = answer.err.partition("\n")
        reason = cause.removeprefix("fatal: ")
        raise GitError(
            f"git cannot read the repository around {path}: {reason}",
            advice.strip() or "Run `git status` there and mend what it names, then try again.",
        )


def _repository_above(folder: Path) -> bool:
    """Tell whether a `.git` that is more than an empty folder stands here or further up."""
    entries = [each / ".git" for each in (folder, *folder.parents)]
    return any(each.is_file() or (each.is_dir() and any(each.iterdir())) for each in entries)
