"""Paths in a plan go straight from the value to its use."""

from __future__ import annotations

from migrator.domain.source import Place
from migrator.domain.trail import Confidence, Hop, HopKind
from migrator.stages.assemble._prompts import plan_hops


def _hop(line: int, confidence: Confidence = Confidence.CERTAIN) -> Hop:
    return Hop(Place("desk.py", line), HopKind.ASSIGNMENT, confidence, detail="history")


def test_a_path_that_goes_round_is_given_without_the_round() -> None:
    hops = [_hop(1), _hop(2), _hop(3), _hop(2), _hop(3), _hop(2), _hop(4)]
    assert [each.line for each in plan_hops(hops)] == [1, 2, 4]


def test_what_is_in_doubt_stays_in_a_path() -> None:
    hops = [_hop(1), _hop(2), _hop(3, Confidence.LIKELY), _hop(2), _hop(4)]
    assert [each.line for each in plan_hops(hops)] == [1, 2, 3, 4]
