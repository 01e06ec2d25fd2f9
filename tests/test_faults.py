"""A sample of the fault-injection suite; `python -m tests.faults` tries every point."""

from __future__ import annotations

import os

import pytest

from tests.fault_points import Fault, How, Point
from tests.faults import HOOKED, PLAIN, PROPOSED, VALIDATED, attempt, faults, template

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a trial is a process of its own")

SAMPLE = [
    (PLAIN, Fault(Point.FILE, How.FAIL, 5)),
    (PLAIN, Fault(Point.FILE, How.KILL, 9)),
    (PLAIN, Fault(Point.GIT, How.FAIL_AFTER, 30)),
    (PLAIN, Fault(Point.GIT, How.KILL_AFTER, 20)),
    (PLAIN, Fault(Point.REFERENCE, How.KILL_GIT, 7)),
    (HOOKED, Fault(Point.GIT, How.KILL, 40)),
    (VALIDATED, Fault(Point.GIT, How.FAIL, 50)),
    (PROPOSED, Fault(Point.GH, How.FAIL_AFTER, 2)),
    (PROPOSED, Fault(Point.GH, How.KILL, 2)),
    (PROPOSED, Fault(Point.REFERENCE, How.KILL_GIT, 9)),
]


@pytest.mark.parametrize(
    ("scenario", "fault"), SAMPLE, ids=[f"{scenario}: {fault}" for scenario, fault in SAMPLE]
)
def test_whatever_goes_wrong_everything_is_as_before_or_wholly_done(tmp_path, scenario, fault):
    made = template(tmp_path / "template", scenario).home
    assert attempt(made, tmp_path / "trial", scenario, fault) in {
        "killed",
        "undone",
        "done all the same",
    }


def test_no_branch_is_claimed_that_a_late_failure_took_away(tmp_path):
    every = [each for each in faults(tmp_path / "counted", HOOKED) if each.point is Point.GIT]
    late = [each for each in every if each.how is How.FAIL][-2:]
    made = template(tmp_path / "template", HOOKED).home
    came = {attempt(made, tmp_path / "trial", HOOKED, each) for each in late}
    assert came == {"done all the same"}


def test_an_undisturbed_run_has_points_of_every_kind(tmp_path):
    found = {fault.point for fault in faults(tmp_path / "counted", PROPOSED)}
    assert found == set(Point)
