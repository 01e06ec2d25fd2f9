"""Every site is in exactly one lane, and the lane is what a reader can do about it."""

from __future__ import annotations

from migrator.domain.config import Role
from migrator.domain.plan import PlanGroup
from migrator.domain.site import Ask, Hold, Outcome
from migrator.domain.summary import Lane, summarise


def lane_of(summary, name):
    found = [lane for lane, sites in summary.lanes.items() if name in {each.id for each in sites}]
    assert len(found) == 1
    return found[0]


def test_each_site_is_in_one_lane(desk):
    summary = summarise(desk)
    assert [lane_of(summary, f"s{number}") for number in range(1, 11)] == [
        Lane.MOVES,
        Lane.MOVES,
        Lane.MOVES,
        Lane.HELD,
        Lane.ONE_LINE,
        Lane.WORK,
        Lane.ANSWER,
        Lane.UNKNOWN,
        Lane.ROLE,
        Lane.STAYS,
    ]


def test_a_test_that_follows_a_moving_definition_moves(plan, site, edit):
    role = {"outcome": Outcome.CONFIRMATION_NEEDED, "asks": (Ask.TEST,), "role": Role.TEST}
    moves = site(1, "a.py", 1, edits=("e1",))
    follows = site(2, "tests/t.py", 1, hold=Hold.FOLLOWS, **role)
    group = PlanGroup(id="g1", references=("a.py:1",), sites=("s1", "s2"), held_by=(), moves=True)
    summary = summarise(plan(moves, follows, groups=(group,), edits=(edit(1, "a.py", 1, "g1"),)))
    assert lane_of(summary, "s2") is Lane.MOVES


def test_a_test_that_also_has_a_small_tier_needs_an_answer(plan, site):
    asks = (Ask.TEST, Ask.SMALL)
    both = site(1, "tests/t.py", 1, outcome=Outcome.CONFIRMATION_NEEDED, asks=asks)
    assert lane_of(summarise(plan(both)), "s1") is Lane.ANSWER


def test_sites_are_ordered_by_path_and_line(plan, site):
    summary = summarise(plan(site(1, "b.py", 2), site(2, "b.py", 1), site(3, "a.py", 9)))
    assert [each.id for each in summary.sites(*Lane)] == ["s3", "s2", "s1"]


def test_a_site_that_holds_itself_keeps_its_own_reason(plan, site):
    alone = site(1, "a.py", 1, why="the path to the call is not certain")
    group = PlanGroup(id="g", references=("a.py:1",), sites=("s1",), held_by=("s1",), moves=False)
    summary = summarise(plan(alone, groups=(group,)))
    assert summary.reason(alone) == "the path to the call is not certain"
