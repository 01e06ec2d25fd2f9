"""Report a plan, or what came of it, to the reviewer of the pull request."""

from __future__ import annotations

from migrator.domain.plan import Plan
from migrator.domain.report import ReportFormat, View


def render(plan: Plan, view: View) -> str:
    """Give the summary as GitHub Markdown, within GitHub's limit; width and colour play no part."""
    # Loaded when it is asked for: all reports are listed, one is shown.
    from migrator.reports.pull_request._summary import render as rendered

    return rendered(plan, view)


REPORT = ReportFormat("pull-request", render)
