"""Run every check of the project, then try the built wheel: `python -m tests.check`.

Stops at the first check that fails, with its exit code. Needs git and a package index, nothing
else beside the `dev` extra; leaves nothing behind but the checkers' own caches.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
import venv
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
DEMO = ROOT / "fixtures" / "support-desk" / "before"
SCRIPTS = Path(sys.executable).parent
# What a user's own shell may set must not decide whether the wheel works.
FOREIGN = ("PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "PYTEST_ADDOPTS", "FORCE_COLOR")

CHECKS: tuple[tuple[str | Path, ...], ...] = (
    (sys.executable, "-m", "ruff", "check", "."),
    (sys.executable, "-m", "ruff", "format", "--check", "."),
    (sys.executable, "-m", "mypy"),
    (SCRIPTS / "lint-imports",),
    (sys.executable, "-m", "pytest", "-q"),
)


def main() -> int:
    """Give 0, or the exit code of the first check that failed."""
    began = time.monotonic()
    for command in CHECKS:
        code = run(command)
        if code:
            return code
    with TemporaryDirectory(prefix="migrate-check-") as folder:
        for command in wheel_checks(Path(folder)):
            code = run(command, cwd=Path("/"))
            if code:
                return code
    say(f"All checks passed in {time.monotonic() - began:.0f} s.")
    return 0


def wheel_checks(folder: Path) -> Iterator[Sequence[str | Path]]:
    """Build the wheel, install it where nothing else is, and plan the demo from another place."""
    yield (sys.executable, "-m", "build", "--wheel", "--outdir", folder / "dist", ROOT)
    clean = folder / "clean"
    venv.create(clean, with_pip=True)
    (wheel,) = (folder / "dist").glob("*.whl")
    scripts = clean / ("Scripts" if os.name == "nt" else "bin")
    yield (scripts / "python", "-m", "pip", "install", "-q", wheel)
    yield (scripts / "migrate", "--version")
    yield (scripts / "migrate", "plan", DEMO)


def run(command: Sequence[str | Path], cwd: Path = ROOT) -> int:
    """Show a command, run it with its output passed through, and give its exit code."""
    words = [str(word) for word in command]
    say(f"$ {shlex.join(words)}")
    environment = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    environment["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    code = subprocess.run(words, cwd=cwd, env=environment, check=False).returncode
    if code:
        say(f"Failed with exit code {code}: {shlex.join(words)}")
    return code


def say(line: str) -> None:
    """Write a line at once, so that it stands before the output of what it announces."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
