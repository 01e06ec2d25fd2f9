"""Take the options of `migrate report`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from migrator.cli import _options as options
from migrator.cli._ending import end


def report(
    saved: Annotated[Path, typer.Argument(metavar="PLAN.JSON", help="A saved plan.")],
    *,
    format_: options.Format = "terminal",
    output: options.Output = None,
    today: options.Today = "",
    verbose: options.Verbose = False,
) -> None:
    """Show a saved plan again. Reads nothing but the plan."""
    from migrator.commands.show import ShowOptions, show_saved

    shown = ShowOptions(
        format=format_, outputs=tuple(output or ()), save=saved, today=today, verbose=verbose
    )
    end(lambda: show_saved(saved, shown))
