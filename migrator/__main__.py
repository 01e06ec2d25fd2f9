"""Start the program."""

from __future__ import annotations

import gc
import sys


def run() -> None:
    """Run the command line; exit codes are those of the README."""
    # One run, mostly trees and tuples that live to its end: collecting them again and again costs
    # a tenth of the time and frees next to nothing.
    gc.disable()
    try:
        from migrator.cli import app

        app(prog_name="migrate")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    run()
