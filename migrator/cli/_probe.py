"""Take the options of `migrate probe`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from migrator.cli import _options as options
from migrator.cli._ending import end


def probe(
    path: Annotated[
        Path,
        typer.Argument(metavar="PATH", help="The folder whose configuration gets the answers."),
    ] = options.HERE,
    *,
    show: Annotated[
        bool, typer.Option("--show", help="Show what would be sent, send nothing.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    today: Annotated[
        str, typer.Option(metavar="DATE", help="The date of the answers. [default: today's]")
    ] = "",
) -> None:
    """Ask the API what the repository cannot tell. Opt-in: needs OPENAI_API_KEY and a network."""
    from migrator.commands.probe import ProbeOptions
    from migrator.commands.probe import probe as probe_api

    end(lambda: probe_api(path, ProbeOptions(show=show, yes=yes, today=today)))
