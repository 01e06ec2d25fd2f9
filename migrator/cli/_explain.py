"""Take the options of `migrate explain`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from migrator.cli import _options as options
from migrator.cli._ending import end


def explain(
    name: Annotated[
        str,
        typer.Argument(
            metavar="RULE|SITE", help="A rule (R10, max-tokens), a site's id, or path:line."
        ),
    ],
    source: Annotated[
        Path, typer.Argument(metavar="PLAN.JSON|PATH", help="A saved plan, or the folder to plan.")
    ] = options.HERE,
) -> None:
    """Say why: what a rule rests on, or how a site got its verdict and what would change it."""
    from migrator.commands.explain import explain as explain_named

    end(lambda: explain_named(name, source))
