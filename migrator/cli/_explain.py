"""Take the options of `migrate explain`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from migrator.cli import _options as options
from migrator.cli._ending import end

TARGET = "gpt-5.5"  # whose guide the clauses are of


def _clauses(shown: bool) -> None:  # noqa: FBT001 - the shape of an option's callback
    if shown:
        from migrator.commands.clauses import print_clauses

        end(lambda: print_clauses(TARGET))


def explain(
    name: Annotated[
        str,
        typer.Argument(
            metavar="RULE|BLOCK|SITE",
            help="A rule (R10, max-tokens), a prompt block (research), a site's id, or path:line.",
        ),
    ],
    source: Annotated[
        Path, typer.Argument(metavar="PLAN.JSON|PATH", help="A saved plan, or the folder to plan.")
    ] = options.HERE,
    *,
    on: Annotated[
        Path | None,
        typer.Option("--on", metavar="FILE", help="Show what a block does to this file's prompts."),
    ] = None,
    clauses: Annotated[  # noqa: ARG001 - its callback does the work
        bool,
        typer.Option(
            "--clauses",
            callback=_clauses,
            is_eager=True,
            help="List what makes each clause of the guide hold.",
        ),
    ] = False,
) -> None:
    """Say why: what a rule or a prompt block rests on, or how a site got its verdict."""
    from migrator.commands.explain import explain as explain_named

    end(lambda: explain_named(name, source, on))
