"""Take the options of `migrate plan`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from migrator.cli import _options as options
from migrator.cli._ending import end
from migrator.commands.options import MOST_DOLLARS, AssistOptions


def plan(  # noqa: PLR0913 - the options of the contract
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="The folder whose sites are reported.")
    ] = options.HERE,
    *,
    target: options.Target = "",
    format_: options.Format = "terminal",
    output: options.Output = None,
    save: options.Save = None,
    source: options.Sources = None,
    confirm: options.Confirm = None,
    everything: options.Everything = False,
    include: options.Include = None,
    exclude: options.Exclude = None,
    unblock: options.Unblock = False,
    sampling: options.Sampling = "",
    prompts: options.Prompts = "",
    check: options.Check = False,
    fail_on: options.FailOn = None,
    strict: options.Strict = False,
    jobs: options.Jobs = 0,
    no_cache: options.NoCache = False,
    assist: options.Assist = False,
    yes: options.Yes = False,
    max_cost: options.MaxCost = MOST_DOLLARS,
    today: options.Today = "",
    verbose: options.Verbose = False,
) -> None:
    """Show what would change, what would not, and why. Writes nothing to the tree."""
    from migrator.commands.show import ShowOptions, show_plan

    planning = options.planning(
        target, source, confirm, include, exclude, sampling, everything=everything, unblock=unblock
    )
    planning = replace(planning, strict=strict, prompts=prompts)
    shown = ShowOptions(
        format=format_,
        outputs=tuple(output or ()),
        save=save,
        check=check,
        fail_on=options.joined(fail_on),
        today=today,
        verbose=verbose,
        jobs=jobs,
        cache=not no_cache,
        assist=AssistOptions(yes=yes, most_dollars=max_cost) if assist else None,
    )
    end(lambda: show_plan(path, planning, shown))
