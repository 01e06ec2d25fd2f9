"""Let one thing go wrong: a file operation, a call of git or gh, a reference update in git."""

from __future__ import annotations

import errno
import os
import shutil
import signal
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

GIT = shutil.which("git") or "git"
OPENING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
CHANGING = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.link")


class Point(StrEnum):
    """Where something can go wrong."""

    FILE = "file operation"
    GIT = "git call"
    GH = "gh call"
    REFERENCE = "step of a reference update inside git"


class How(StrEnum):
    """What goes wrong there."""

    FAIL = "fails"
    FAIL_AFTER = "is done, then reported as failed"
    KILL = "kills the program before it"
    KILL_AFTER = "kills the program after it"
    KILL_GIT = "kills git in it"


WAYS = {
    Point.FILE: (How.FAIL, How.KILL),
    Point.GIT: (How.FAIL, How.FAIL_AFTER, How.KILL, How.KILL_AFTER),
    Point.GH: (How.FAIL, How.FAIL_AFTER, How.KILL, How.KILL_AFTER),
    Point.REFERENCE: (How.FAIL, How.KILL, How.KILL_GIT),
}


@dataclass(frozen=True)
class Fault:
    """What goes wrong at the n-th point of a kind; number 0 is never reached."""

    point: Point
    how: How
    number: int = 0

    def __str__(self) -> str:
        return f"{self.point} {self.number} {self.how}"


# The number of a point is the length of a file, so that counting needs no lock.
COUNT = """\
[ -n "$FAULT_HOME" ] || exit 0
printf . >>"$FAULT_HOME/count-$kind"
[ "$FAULT_POINT" = "$kind" ] || {pass_on}
[ "$(wc -c <"$FAULT_HOME/count-$kind")" -eq "$FAULT_NUMBER" ] || {pass_on}
"""
WRAPPER = """\
#!/bin/sh
[ -n "$FAULT_HOME" ] || exec {program} "$@"
kind={kind}
{count}
case "$FAULT_HOW" in
FAIL) echo "fatal: cannot write: No space left on device" >&2; exit 128 ;;
FAIL_AFTER) {program} "$@"; exit 128 ;;
KILL) kill -9 "$FAULT_PID"; exit 137 ;;
KILL_AFTER) {program} "$@"; kill -9 "$FAULT_PID"; exit 137 ;;
esac
"""
REFERENCE_HOOK = f"""\
kind=REFERENCE
{COUNT.format(pass_on="exit 0")}
case "$FAULT_HOW" in
FAIL) exit 1 ;;
KILL) kill -9 "$FAULT_PID" ;;
KILL_GIT) kill -9 "$PPID" ;;
esac
"""


def wrap(place: Path, point: Point, program: str) -> None:
    """Put a script in place that counts the calls of a program, and lets one go wrong."""
    count = COUNT.format(pass_on=f'exec {program} "$@"')
    place.write_text(WRAPPER.format(program=program, kind=point.name, count=count))
    place.chmod(0o755)


def file_faults(home: Path, fault: Fault):
    """Count the operations that change files, and let one of them go wrong."""
    counter = os.open(home / "count-FILE", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    seen = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        if not (event in CHANGING or (event == "open" and _writes(arguments))):
            return
        seen += 1
        os.write(counter, b".")
        if fault.point is Point.FILE and seen == fault.number:
            if fault.how is How.KILL:
                os.kill(os.getpid(), signal.SIGKILL)
            raise OSError(errno.ENOSPC, "No space left on device", str(arguments[0]))

    return hook


def _writes(arguments: tuple[object, ...]) -> bool:
    path, _, flags = arguments
    is_file = isinstance(path, str | bytes | os.PathLike)
    return is_file and isinstance(flags, int) and bool(flags & OPENING) and path != os.devnull
