"""Keep two applies of one repository apart, and remember what a killed one left."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from migrator.domain.errors import GitError


@dataclass(frozen=True, slots=True)
class Leftover:
    """What an apply has under way: the folder of its worktrees, and its branch if it is made.

    `known` are the names under which git kept the worktrees that were there before.
    """

    PREFIX: ClassVar[str] = "migrate-apply-"

    folder: Path
    branch: str
    known: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ApplyLock:
    """The held lock; the file says what has to be removed should this process be killed."""

    descriptor: int

    def leftover(self) -> Leftover | None:
        """Give what is noted; None when all of it is settled, or nothing whole was noted."""
        content = os.pread(self.descriptor, os.fstat(self.descriptor).st_size, 0)
        try:
            # A note that was cut short by a kill may have the end of an older one behind it.
            noted, _ = json.JSONDecoder().raw_decode(content.decode())
            return Leftover(Path(noted["folder"]), noted["branch"], tuple(noted["known"]))
        except (ValueError, KeyError, TypeError):
            return None

    def note(self, leftover: Leftover) -> None:
        """Note what is about to be made, in place of what was noted."""
        noted = {
            "folder": str(leftover.folder),
            "branch": leftover.branch,
            "known": leftover.known,
        }
        content = json.dumps(noted).encode()
        os.pwrite(self.descriptor, content, 0)
        with suppress(OSError):
            os.ftruncate(self.descriptor, len(content))

    def settle(self) -> None:
        """Forget what was noted, for all of it is removed; what stays noted is looked at again."""
        with suppress(OSError):
            os.ftruncate(self.descriptor, 0)


@contextmanager
def apply_lock(folder: Path) -> Iterator[ApplyLock]:
    """Hold `apply.lock` in `folder`; its file goes when the block ends with nothing noted.

    No branch can be named `*.lock`, so the file never stands in the way of a result folder.
    Raises GitError while another process holds it, and when nothing can be written there. The
    system frees it when its holder dies.
    """
    place = folder / "apply.lock"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = _opened(place)
    except OSError as error:
        raise GitError(
            f"cannot write {place}: {error.strerror}", "Make the git directory writable."
        ) from None
    try:
        yield ApplyLock(descriptor)
    finally:
        if os.fstat(descriptor).st_size == 0:
            with suppress(OSError):
                place.unlink(missing_ok=True)
        os.close(descriptor)
        _remove_if_empty(folder)


def _opened(place: Path) -> int:
    while True:
        descriptor = os.open(place, os.O_RDWR | os.O_CREAT, 0o666)
        if not _taken(descriptor):
            os.close(descriptor)
            raise GitError(
                f"another `migrate apply` is at work in this repository ({place} is held)",
                "Wait until it ends, then try again.",
            )
        if _is_still(place, descriptor):
            return descriptor
        # The former holder removed the file between our opening and locking it.
        os.close(descriptor)


def _taken(descriptor: int) -> bool:
    if sys.platform == "win32":
        # Without flock two applies are not kept apart; git itself refuses the second branch.
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_still(place: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(place.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _remove_if_empty(folder: Path) -> None:
    try:
        folder.rmdir()
    except OSError:
        return
