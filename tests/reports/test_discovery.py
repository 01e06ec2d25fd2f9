"""Every report is found by the plug-in scan, under the name that the command line takes."""

from __future__ import annotations

import json

import migrator.reports
from migrator.domain.report import ReportFormat, View
from migrator.plugins import plugins


def test_the_reports_are_found_by_name():
    found = plugins(migrator.reports, "REPORT", ReportFormat)
    assert {"json", "pull-request", "terminal"} <= {each.name for each in found}


def test_every_report_is_the_same_for_the_same_plan(desk):
    for report in plugins(migrator.reports, "REPORT", ReportFormat):
        first, second = (report.render(desk, View(verbose=True)) for _ in range(2))
        assert first == second
        assert first.endswith("\n")


def test_the_machine_report_holds_the_contract_in_its_order(desk):
    found = {each.name: each for each in plugins(migrator.reports, "REPORT", ReportFormat)}
    document = json.loads(found["json"].render(desk, View()))
    assert list(document)[:5] == ["schema", "tool", "target", "playbook", "config"]
    assert document["sites"][0]["model"]["resolved"] == "gpt-4o"
    assert document["totals"]["blocked"] == {"sites": 2, "edited": 0, "held": 0}
