"""Read the command line: options in, exit code out, no decisions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from migrator import __version__

app = typer.Typer(
    name="migrate",
    help="Upgrade a codebase's OpenAI model usages to gpt-5.5.",
    rich_markup_mode=None,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=True,
)

DEFAULT_PATH = Path()


def _version(shown: bool) -> None:  # noqa: FBT001 - the shape of an option's callback
    if shown:
        typer.echo(f"migrate {__version__}")
        raise typer.Exit


@app.callback()
def root(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Upgrade a codebase's OpenAI model usages to gpt-5.5."""


@app.command()
def plan(  # noqa: PLR0913 - the options of the contract
    path: Annotated[
        Path, typer.Argument(help="The folder whose sites are reported.")
    ] = DEFAULT_PATH,
    *,
    target: Annotated[str, typer.Option(help="The model to move to.")] = "",
    format_: Annotated[
        str, typer.Option("--format", help="terminal, pull-request or json.")
    ] = "terminal",
    output: Annotated[
        list[str] | None, typer.Option(help="Write one more report: FORMAT=FILE. Repeatable.")
    ] = None,
    save: Annotated[Path | None, typer.Option(help="Save the plan for `migrate apply`.")] = None,
    source: Annotated[
        list[str] | None, typer.Option("--from", help="Move only this id or family. Repeatable.")
    ] = None,
    confirm: Annotated[
        str, typer.Option(help="Confirm these questions: example,docs,eval,test,small,…")
    ] = "",
    everything: Annotated[
        bool, typer.Option("--all", help="Confirm every question but unbound ones.")
    ] = False,
    include: Annotated[
        list[str] | None, typer.Option(help="Only paths that fit this glob. Repeatable.")
    ] = None,
    exclude: Annotated[
        list[str] | None, typer.Option(help="No paths that fit this glob. Repeatable.")
    ] = None,
    check: Annotated[bool, typer.Option(help="Exit 1 when the plan holds an edit.")] = False,
    fail_on: Annotated[
        str, typer.Option(help="Exit 1 when a site has one of these outcomes.")
    ] = "",
    strict: Annotated[bool, typer.Option(help="Exit 3 when a file could not be read.")] = False,
    today: Annotated[str, typer.Option(help="Count days left from this date (YYYY-MM-DD).")] = "",
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="One line per site.")] = False,
) -> None:
    """Show what would change, what would not, and why. Writes nothing to the tree."""
    from migrator.commands.plan import PlanOptions, words
    from migrator.commands.show import ShowOptions, show_plan

    options = PlanOptions(
        target=target,
        sources=tuple(source or ()),
        confirm=words(confirm),
        everything=everything,
        include=tuple(include or ()),
        exclude=tuple(exclude or ()),
        strict=strict,
    )
    shown = ShowOptions(
        format=format_,
        outputs=tuple(output or ()),
        save=save,
        check=check,
        fail_on=words(fail_on),
        today=today,
        verbose=verbose,
    )
    raise typer.Exit(show_plan(path, options, shown))


@app.command()
def schema() -> None:
    """Print the JSON Schema of the plan."""
    from migrator.commands.schema import print_schema

    print_schema()
