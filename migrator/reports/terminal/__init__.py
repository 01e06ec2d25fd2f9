"""Report a plan at the terminal: what moves, what is near, what to know, what next."""

from __future__ import annotations

from migrator.domain.plan import Plan
from migrator.domain.report import ReportFormat, View


def render(plan: Plan, view: View) -> str:
    """Give the first screen; a verbose view adds one line per site and cuts no list."""
    # Loaded when it is asked for: all reports are listed, one is shown.
    from migrator.reports.terminal._screen import render as rendered

    return rendered(plan, view)


REPORT = ReportFormat("terminal", render)
