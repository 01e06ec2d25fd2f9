"""Run the program as a user does, in this process or in one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from migrator.cli import app

ROOT = Path(__file__).parent.parent
PROGRAM = (sys.executable, "-m", "migrator")


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


def migrate(*words: str) -> Ran:
    """Run in this process, in the current directory; standard input is no terminal."""
    result = CliRunner().invoke(app, list(words), prog_name="migrate")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ran(result.exit_code, result.stdout, result.stderr)


def environment(**more: str) -> dict[str, str]:
    """Give the environment for a process of its own."""
    own = {name: value for name, value in os.environ.items() if name not in _SCREEN}
    return own | {"PYTHONPATH": str(ROOT)} | more


def process(*words: str, cwd: Path, command=PROGRAM, **more: str) -> Ran:
    """Run in a process of its own, its output piped."""
    done = subprocess.run(
        [*command, *words],
        cwd=cwd,
        env=environment(**more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


_SCREEN = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM", "PYTHONIOENCODING")
