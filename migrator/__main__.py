"""Start the program."""

from __future__ import annotations

import sys


def run() -> None:
    """Run the command line; exit codes are those of the README."""
    try:
        from migrator.cli import app

        app(prog_name="migrate")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    run()
