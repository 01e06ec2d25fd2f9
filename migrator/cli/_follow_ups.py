"""Take the options of `migrate follow-ups`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from migrator.cli import _options as options
from migrator.cli._ending import end


def follow_ups(
    source: Annotated[
        Path, typer.Argument(metavar="PLAN.JSON|PATH", help="A saved plan, or the folder to plan.")
    ] = options.HERE,
    *,
    task: Annotated[
        str, typer.Option(metavar="ID|RULE", help="Only this task, or those of one rule.")
    ] = "",
    check: Annotated[
        str,
        typer.Option(metavar="RULE:PATH", help="Exit 1 while a task of this rule stands there."),
    ] = "",
    format_: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="markdown or json.")
    ] = "markdown",
) -> None:
    """Write the smallest tasks that free what cannot move, ready to paste as issues."""
    from migrator.commands.follow_ups import show_follow_ups

    end(lambda: show_follow_ups(source, task=task, check=check, written=format_))
