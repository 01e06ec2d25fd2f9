"""Tell one state of a work tree from another without reading its files."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator

from migrator.adapters.git_command import Git

_WATCHED = b"H "
_RENAMED = frozenset(b"RC")


def tree_stamp(git: Git, status: bytes, untracked: Iterable[bytes]) -> str:
    """Give a digest of everything that the tracked and untracked files of a work tree say.

    git knows the content of every tracked file but those that its `status` (`--porcelain -z`)
    lists, and those that it was told not to watch: they are read. Of untracked files, size and
    time of change count. A filter that gives the same blob other bytes in the work tree, such as
    another line end, is not seen: whoever relies on bytes compares them.
    """
    listed = git.run("ls-files", "-z", "--stage", "-v").out
    root = os.fsencode(git.folder)
    total = hashlib.sha256(listed)
    for path in sorted({*_changed(status), *_unwatched(listed)}):
        total.update(b"\0".join((path, _content(root + b"/" + path), b"")))
    for path in untracked:
        total.update(b"\0".join((path, _times(root + b"/" + path), b"")))
    return total.hexdigest()


def _changed(status: bytes) -> Iterator[bytes]:
    """Give every path of a status: two letters, a blank and a path, which a rename follows up."""
    entries = iter(status.split(b"\0"))
    for entry in entries:
        if not entry:
            continue
        yield entry[3:]
        if not _RENAMED.isdisjoint(entry[:2]):
            yield next(entries, b"")


def _unwatched(listed: bytes) -> Iterator[bytes]:
    """Give the paths that git takes for unchanged without looking."""
    for entry in listed.split(b"\0"):
        if entry and not entry.startswith(_WATCHED):
            yield entry.partition(b"\t")[2]


def _content(place: bytes) -> bytes:
    try:
        mode = os.lstat(place).st_mode
        if stat.S_ISLNK(mode):
            return b"link " + os.readlink(place)  # noqa: PTH115 - a name of any bytes
        if not stat.S_ISREG(mode):
            return b"no file"
        with open(place, "rb") as opened:  # noqa: PTH123 - a name of any bytes
            return hashlib.file_digest(opened, "sha256").digest()
    except OSError as error:
        return f"error {error.errno}".encode()


def _times(place: bytes) -> bytes:
    try:
        status = os.lstat(place)
    except OSError as error:
        return f"error {error.errno}".encode()
    return f"{status.st_size} {status.st_mtime_ns} {status.st_mode}".encode()
