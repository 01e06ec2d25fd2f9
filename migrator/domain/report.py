"""Define what a report is: one plan, one view, one text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from migrator.domain.plan import Plan
from migrator.domain.result import Result


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """How a reader looks at a plan.

    `width` is in terminal cells; `today` is an ISO date or None, when no days are counted;
    `result` is there once the plan was applied. `command` is the command that makes this plan,
    empty when that is not known; `saved` is the file that holds it, empty when none does.
    """

    width: int = 80
    colour: bool = False
    verbose: bool = False
    today: str | None = None
    result: Result | None = None
    command: str = ""
    saved: str = ""


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """One rendering of a plan; `render` is pure and ends its text with a newline."""

    name: str
    render: Callable[[Plan, View], str]
