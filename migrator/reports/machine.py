"""Report a plan to machines: the JSON contract, byte for byte what a saved plan holds."""

from __future__ import annotations

from migrator.domain.encoding import encode
from migrator.domain.plan import Plan
from migrator.domain.report import ReportFormat, View


def render(plan: Plan, _view: View) -> str:
    """Give the plan as JSON; the view changes nothing."""
    return encode(plan)


REPORT = ReportFormat("json", render)
