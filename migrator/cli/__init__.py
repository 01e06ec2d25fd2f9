"""Read the command line: options in, exit code out, no decisions."""

from __future__ import annotations

from typing import Annotated

import typer

from migrator import __version__
from migrator.cli._apply import apply
from migrator.cli._explain import explain
from migrator.cli._follow_ups import follow_ups
from migrator.cli._plan import plan
from migrator.cli._probe import probe
from migrator.cli._report import report
from migrator.cli._schema import schema

app = typer.Typer(
    name="migrate",
    help="Upgrade a codebase's OpenAI model usages to gpt-5.5.",
    rich_markup_mode=None,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


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


for verb in (plan, apply, explain, probe, report, schema):
    app.command()(verb)
app.command("follow-ups")(follow_ups)
