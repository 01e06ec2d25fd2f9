"""Take the options of `migrate apply`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from migrator.cli import _options as options
from migrator.cli._ending import end


def apply(  # noqa: PLR0913 - the options of the contract
    given: Annotated[
        Path, typer.Argument(metavar="PLAN.JSON|PATH", help="A saved plan, or what to plan now.")
    ] = options.HERE,
    *,
    branch: Annotated[
        str, typer.Option(metavar="NAME", help="The branch to make. [default: migrate/gpt-5.5]")
    ] = "",
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="OUTCOME", help="Only groups whose sites have this outcome."),
    ] = None,
    site: Annotated[
        list[str] | None,
        typer.Option(metavar="ID|PATH:LINE", help="Only the group of this site. Repeatable."),
    ] = None,
    commit_per: Annotated[
        str, typer.Option(metavar="group|all", help="One commit per group, or one for all.")
    ] = "",
    validate: Annotated[
        list[str] | None,
        typer.Option(metavar="CMD", help="Run this on the base, then on the branch. Repeatable."),
    ] = None,
    setup: Annotated[
        list[str] | None,
        typer.Option(metavar="CMD", help="Run this first, in the checkout that validates."),
    ] = None,
    link: Annotated[
        list[str] | None,
        typer.Option(metavar="PATH", help="Share this untracked path of yours with it."),
    ] = None,
    time_limit: Annotated[
        int | None,
        typer.Option(metavar="SECONDS", min=1, help="End each run after this. [default: 900]"),
    ] = None,
    no_validate: Annotated[
        bool, typer.Option("--no-validate", help="Run nothing, whatever the configuration says.")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show the edits, write nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    target: options.Target = "",
    source: options.Sources = None,
    confirm: options.Confirm = None,
    everything: options.Everything = False,
    include: options.Include = None,
    exclude: options.Exclude = None,
) -> None:
    """Make the planned edits on a branch of their own. Leaves your checkout as it is."""
    from migrator.commands.perform import Wishes, perform
    from migrator.commands.plan import PlanOptions

    planning = PlanOptions(
        target=target,
        sources=options.joined(source),
        confirm=options.joined(confirm),
        everything=everything,
        include=tuple(include or ()),
        exclude=tuple(exclude or ()),
    )
    wishes = Wishes(
        branch=branch,
        only=options.joined(only),
        sites=tuple(site or ()),
        commit_per=commit_per,
        validate=tuple(validate or ()),
        setup=tuple(setup or ()),
        links=tuple(link or ()),
        limit=time_limit,
        unvalidated=no_validate,
        diff=diff,
        yes=yes,
    )
    end(lambda: perform(given, planning, wishes))
