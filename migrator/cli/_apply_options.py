"""Name the options that `migrate apply` alone takes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

Given: TypeAlias = Annotated[
    Path, typer.Argument(metavar="PLAN.JSON|PATH", help="A saved plan, or what to plan now.")
]
Branch: TypeAlias = Annotated[
    str, typer.Option(metavar="NAME", help="The branch to make. [default: migrate/gpt-5.5]")
]
Only: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(metavar="OUTCOME", help="Only groups whose sites have this outcome."),
]
Sites: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(metavar="ID|PATH:LINE", help="Only the group of this site. Repeatable."),
]
CommitPer: TypeAlias = Annotated[
    str, typer.Option(metavar="group|all", help="One commit per group, or one for all.")
]
Validate: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(metavar="CMD", help="Run this on the base, then on the branch. Repeatable."),
]
Setup: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(metavar="CMD", help="Run this first, in the checkout that validates."),
]
Links: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(metavar="PATH", help="Share this untracked path of yours with it."),
]
TimeLimit: TypeAlias = Annotated[
    int | None,
    typer.Option(metavar="SECONDS", min=1, help="End each run after this. [default: 900]"),
]
NoValidate: TypeAlias = Annotated[
    bool, typer.Option("--no-validate", help="Run nothing, whatever the configuration says.")
]
PullRequest: TypeAlias = Annotated[
    bool,
    typer.Option("--pr", help="Push the branch; open or update its draft pull request with gh."),
]
Diff: TypeAlias = Annotated[bool, typer.Option("--diff", help="Show the edits, write nothing.")]
Yes: TypeAlias = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
