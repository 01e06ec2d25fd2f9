"""Start the program, and turn every failure into a clear line and an exit code."""

from __future__ import annotations

import sys

from migrator.domain.errors import MigrateError

INTERRUPTED = 130
BUG = 3


def run() -> None:
    """Run the command line; exit codes are those of the README."""
    import gc

    from migrator.cli import app

    # One run, mostly trees and tuples that live to its end: collecting them again and again costs
    # a tenth of the time and frees next to nothing.
    gc.disable()
    try:
        app()
    except MigrateError as error:
        _say(error)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.stderr.write("migrate: interrupted; nothing was left behind\n")
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        sys.exit(0)
    except Exception as error:  # noqa: BLE001 - a bug is reported, never a bare traceback
        _report(error)
        sys.exit(BUG)


def _say(error: MigrateError) -> None:
    sys.stderr.write(f"migrate: {error.message}\n")
    if error.next_step:
        sys.stderr.write(f"  next: {error.next_step}\n")


def _report(error: Exception) -> None:
    """Write what a maintainer needs: versions and where it happened, no paths of the user's."""
    import platform
    import traceback

    from migrator import __version__

    frames = traceback.extract_tb(error.__traceback__)
    ours = [f"{f.filename.rpartition('migrator')[2]}:{f.lineno} {f.name}" for f in frames]
    sys.stderr.write(
        "migrate: this is a bug; nothing was written. Please report these lines:\n"
        f"  migrate {__version__}, Python {platform.python_version()}, {platform.system()}\n"
        f"  {type(error).__name__}: {error}\n"
    )
    sys.stderr.writelines(f"  at {line}\n" for line in ours[-6:])


if __name__ == "__main__":
    run()
