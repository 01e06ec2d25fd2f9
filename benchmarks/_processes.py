"""Run whole processes and say what each took."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
_PAUSE = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A process to measure: its words, standard input and environment, and the folder it runs in.

    `codes` are the exit codes that count as done. `fresh` is a folder that is removed before each
    run, whose time does not count.
    """

    words: Sequence[str]
    folder: Path
    env: Mapping[str, str]
    stdin: bytes = b""
    codes: tuple[int, ...] = (0,)
    fresh: Path | None = None


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds on the clock, and of the processor over the process and those it waited for."""

    wall: float
    cpu: float


class FailedError(Exception):
    """A measured process did not end as it should; its figures would mean nothing."""


def took(command: Command) -> Took:
    """Run to the end, its output thrown away. Raises FailedError for an unexpected exit code."""
    with tempfile.TemporaryFile() as stdin:
        stdin.write(command.stdin)
        stdin.seek(0)
        _make_ready(command)
        before = time.perf_counter()
        running = _started(command, stdin.fileno(), subprocess.DEVNULL)
        _, status, usage = os.wait4(running.pid, 0)
        wall = time.perf_counter() - before
    running.returncode = os.waitstatus_to_exitcode(status)
    _check(command, running.returncode)
    return Took(wall, usage.ru_utime + usage.ru_stime)


def output(command: Command) -> str:
    """Run to the end and give what it printed. Raises FailedError as `took` does."""
    _make_ready(command)
    done = subprocess.run(
        command.words,
        cwd=command.folder,
        env=command.env,
        input=command.stdin,
        capture_output=True,
        check=False,
    )
    _check(command, done.returncode)
    return done.stdout.decode()


def peak_memory(command: Command) -> float | None:
    """Give the most that the process and all below it held at once, in MB; None without /proc.

    Sampled every 10 ms, so a shorter peak may be missed; shared pages count once per process.
    """
    if not Path("/proc/self/statm").exists():
        return None
    _make_ready(command)
    running = _started(command, subprocess.DEVNULL, subprocess.DEVNULL)
    peak = 0
    while running.poll() is None:
        peak = max(peak, sum(map(_resident, _family(running.pid))))
        time.sleep(_PAUSE)
    _check(command, running.returncode)
    return peak * _PAGE / 1_000_000


def _make_ready(command: Command) -> None:
    if command.fresh:
        shutil.rmtree(command.fresh, ignore_errors=True)


def _started(command: Command, stdin: int, stdout: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command.words,
        cwd=command.folder,
        env=command.env,
        stdin=stdin,
        stdout=stdout,
        stderr=subprocess.DEVNULL,
    )


def _check(command: Command, code: int) -> None:
    if code not in command.codes:
        raise FailedError(f"{' '.join(command.words[:4])} … ended with exit code {code}")


def _family(pid: int) -> Iterable[int]:
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            below = children.read_text().split()
        except OSError:
            continue
        for child in below:
            yield from _family(int(child))


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
