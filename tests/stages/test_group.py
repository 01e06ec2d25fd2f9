from __future__ import annotations

import pytest

from migrator.domain.config import Config, Decide, Decision, Role
from migrator.domain.finding import Severity
from migrator.domain.site import Hold
from migrator.domain.trail import Confidence
from migrator.stages.decide import decide
from migrator.stages.group import group_sites, moves_with
from tests.playbooks import playbook
from tests.sites import bound_call, bound_site, classified, finding, hop, judged, reference


def site(name, *findings, ref=None, model="gpt-5.4", line=3, **given):
    bound = bound_site(bound_call(), ref or reference(model, line=line), id=name)
    return decide(judged(classified(bound, **given), *findings), playbook(), Config())


BLOCKED = site("blocked", finding(Severity.BLOCKS))
UNKNOWN = site("unknown", finding(Severity.UNSETTLED))
FALLBACK = site("fallback", role=Role.FALLBACK)
TEST = site("test", role=Role.TEST)
PINNED = site("pinned", decision=Decision(on="pinned", decide=Decide.PIN, reason="contract"))
LIKELY = site("likely", ref=reference(via=(hop(confidence=Confidence.LIKELY),)))
CLEAN = site("clean")


def group(*sites, release=""):
    decisions = [Decision(on=release, decide=Decide.RELEASE, reason="checked")] if release else []
    (only,) = group_sites(sites, Config(decisions=tuple(decisions)))
    return only


def test_clean_definition_moves():
    assert group(CLEAN).moves


@pytest.mark.parametrize("holder", [BLOCKED, UNKNOWN, FALLBACK, PINNED, LIKELY])
def test_shared_definition_is_held(holder):
    found = group(CLEAN, holder)
    assert not found.moves
    assert found.held_by == (holder.bound.id,)
    assert found.sites == ("clean", holder.bound.id)


def test_test_follows_and_does_not_hold():
    found = group(TEST, CLEAN)
    assert found.moves
    assert moves_with([found], [TEST, CLEAN]) == {"test": ("clean",)}


def test_test_follows_nothing_that_stays():
    found = group(TEST, CLEAN, BLOCKED)
    assert moves_with([found], [TEST, CLEAN, BLOCKED]) == {}


def test_small_tier_holds():
    mini = site("mini", model="gpt-5.4-mini")
    assert group(mini).held_by == ("mini",)


def test_followers_alone_do_not_move():
    found = group(TEST)
    assert not found.moves
    assert found.held_by == ()


@pytest.mark.parametrize("on", ["unknown", "gpt-5.4", "app/desk.py:3", "group"])
def test_release_frees_from_unknown(on):
    name = group(CLEAN, UNKNOWN).id if on == "group" else on
    assert group(CLEAN, UNKNOWN, release=name).moves


def test_release_frees_from_a_question():
    assert group(CLEAN, FALLBACK, release="fallback").moves


@pytest.mark.parametrize("holder", [BLOCKED, PINNED, LIKELY])
def test_release_never_frees_from_others(holder):
    assert not group(CLEAN, holder, release="gpt-5.4").moves


def test_release_of_another_site_frees_nothing():
    assert not group(CLEAN, UNKNOWN, release="clean").moves


def test_released_unknown_alone_does_not_move():
    assert not group(UNKNOWN, release="unknown").moves


def test_expired_release_frees_nothing():
    old = Decision(on="unknown", decide=Decide.RELEASE, reason="x", expiry="2026-01-01")
    (only,) = group_sites([CLEAN, UNKNOWN], Config(decisions=(old,)), as_of="2026-02-01")
    assert not only.moves


def test_pinned_group_stays():
    pin = Decision(on=group(CLEAN).id, decide=Decide.PIN, reason="contract")
    (only,) = group_sites([CLEAN], Config(decisions=(pin,)))
    assert not only.moves


def test_two_references_of_one_call_are_two_groups():
    other = site("other", model="gpt-4.1", line=4)
    held = site("held", finding(Severity.BLOCKS), model="gpt-4.1", line=4)
    first, second = group_sites([held, other, CLEAN], Config())
    assert (first.sites, first.moves) == (("clean",), True)
    assert (second.sites, second.moves) == (("held", "other"), False)


def test_site_without_a_reference_is_in_no_group():
    lost = classified(bound_site(bound_call(), unresolved="database", id="lost"))
    reported = decide(judged(lost, finding(Severity.UNSETTLED)), playbook(), Config())
    assert reported.hold is Hold.REPORTS
    assert group_sites([reported], Config()) == ()


def test_identity_does_not_depend_on_the_order_of_sites():
    assert group(CLEAN, UNKNOWN).id == group(UNKNOWN, CLEAN).id
