"""Name the options that several verbs share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from migrator.commands.options import PlanOptions
from migrator.domain.wording import parts

HERE = Path()
FORMATS = "terminal, pull-request or json."

Target: TypeAlias = Annotated[
    str, typer.Option(metavar="MODEL", help="The model to move to. [default: gpt-5.5]")
]
Sources: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--from", metavar="ID|FAMILY", help="Move only this id or family. Repeatable, commas too."
    ),
]
Confirm: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        metavar="REASON,...",
        help="Say yes to these questions: example, docs, eval, test, comparison, small, "
        "fallback, snapshot, pro, alias, remark, unbound.",
    ),
]
Everything: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--all", help="Say yes to every question but unbound ids and tests that assert an id."
    ),
]
Include: TypeAlias = Annotated[
    list[str] | None, typer.Option(metavar="GLOB", help="Only paths that fit. Repeatable.")
]
Exclude: TypeAlias = Annotated[
    list[str] | None, typer.Option(metavar="GLOB", help="No paths that fit. Repeatable.")
]
Prompts: TypeAlias = Annotated[
    str, typer.Option("--prompts", metavar="edit|keep", help="Edit prompts, or keep them as is.")
]
Branch: TypeAlias = Annotated[
    str, typer.Option(metavar="NAME", help="The branch to make. [default: migrate/gpt-5.5]")
]
Check: TypeAlias = Annotated[
    bool, typer.Option("--check", help="Exit 1 when the plan holds an edit.")
]
FailOn: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(metavar="OUTCOME,...", help="Exit 1 when a site has such an outcome."),
]
Strict: TypeAlias = Annotated[
    bool, typer.Option("--strict", help="Exit 3 when a file could not be read.")
]
Jobs: TypeAlias = Annotated[
    int, typer.Option(min=0, metavar="N", help="Processes that read files. [default: the cores]")
]
NoCache: TypeAlias = Annotated[
    bool, typer.Option("--no-cache", help="Work everything out anew, and keep nothing.")
]
Save: TypeAlias = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Save the plan for `migrate apply`.")
]
Format: TypeAlias = Annotated[str, typer.Option("--format", metavar="FORMAT", help=FORMATS)]
Output: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(metavar="FORMAT=FILE", help="Write one more report. Repeatable."),
]
Today: TypeAlias = Annotated[
    str, typer.Option(metavar="DATE", help="Count the days left from this date (YYYY-MM-DD).")
]
Unblock: TypeAlias = Annotated[
    bool,
    typer.Option("--unblock", help="Also make mechanical edits that the upgrade guide leaves out."),
]
Sampling: TypeAlias = Annotated[
    str,
    typer.Option(
        metavar="none|drop",
        help="With --unblock: keep sampling parameters and set the effort to none, or drop them. "
        "[default: none]",
    ),
]
Assist: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--assist",
        help="Have gpt-5.5 word what prompts get. Needs a key, and shows first what it sends.",
    ),
]
Yes: TypeAlias = Annotated[bool, typer.Option("--yes", help="Send it without a question.")]
MaxCost: TypeAlias = Annotated[
    float,
    typer.Option(min=0, metavar="USD", help="With --assist: spend no more. [default: 1.00]"),
]
Verbose: TypeAlias = Annotated[bool, typer.Option("-v", "--verbose", help="One line per site.")]


def planning(  # noqa: PLR0913 - what the verbs that plan have in common
    target: str,
    source: list[str] | None,
    confirm: list[str] | None,
    include: list[str] | None,
    exclude: list[str] | None,
    sampling: str,
    *,
    everything: bool,
    unblock: bool,
) -> PlanOptions:
    """Put the options of planning together."""
    return PlanOptions(
        target=target,
        sources=joined(source),
        confirm=joined(confirm),
        everything=everything,
        include=tuple(include or ()),
        exclude=tuple(exclude or ()),
        unblock=unblock,
        sampling=sampling,
    )


def joined(given: list[str] | None) -> tuple[str, ...]:
    """Give the words of an option that takes commas and may be repeated."""
    return tuple(word for each in given or () for word in parts(each))


def all_of(given: list[str] | None) -> tuple[str, ...]:
    """Give the values of an option that may be repeated."""
    return tuple(given or ())
