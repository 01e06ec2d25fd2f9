"""Leave the program: with the verb's exit code, or with a clear line and an error's own."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import NoReturn

from migrator.domain.errors import MigrateError
from migrator.domain.wording import printable

INTERRUPTED = 130
BUG = 3
MOST_FRAMES = 6


def end(work: Callable[[], int]) -> NoReturn:
    """Do the work of a verb and leave with its exit code; the README lists them."""
    sys.exit(_code(work))


def _code(work: Callable[[], int]) -> int:
    from migrator.adapters.interruptions import kills_unwind

    try:
        with kills_unwind():
            return work()
    except MigrateError as error:
        _say(error)
        return error.exit_code
    except KeyboardInterrupt:
        _write("\nmigrate: interrupted; what was begun is undone")
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - a bug is reported, never a bare traceback
        _report(error)
        return BUG


def _say(error: MigrateError) -> None:
    _write(f"migrate: {error.message}")
    if error.next_step:
        first, *further = error.next_step.split("\n")
        _write("\n".join((f"  next: {first}", *(f"        {line}" for line in further))))


def _report(error: Exception) -> None:
    """Write what a maintainer needs: versions and where it happened, no folders of the user's."""
    import platform
    import traceback

    from migrator import __version__

    frames = traceback.extract_tb(error.__traceback__)
    ours = [f"{f.filename.rpartition('migrator')[2]}:{f.lineno} {f.name}" for f in frames]
    _write(
        "migrate: this is a bug in migrate; your checkout is as it was. Please report:\n"
        f"  migrate {__version__}, Python {platform.python_version()}, {platform.system()}\n"
        f"  {type(error).__name__}: {error}"
    )
    _write("\n".join(f"  at {line}" for line in ours[-MOST_FRAMES:]))


def _write(text: str) -> None:
    from migrator.adapters.terminal import tell

    tell("\n".join(printable(line) for line in text.split("\n")))
