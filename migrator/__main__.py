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
    if not sys.flags.safe_path:
        # `-m` puts the current folder first, whose modules would be taken for Python's and ours.
        del sys.path[0]
    run()
