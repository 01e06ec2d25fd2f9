from __future__ import annotations

from migrator.domain.config import Config, Decide, Decision
from migrator.domain.edit import ReplaceModel
from migrator.domain.finding import Severity
from migrator.stages.decide import decide
from migrator.stages.draft import draft
from migrator.stages.group import group_sites
from tests.playbooks import TARGET, playbook
from tests.sites import bound_call, bound_site, classified, finding, judged, reference

CONFIRM = Decision(on="s1", decide=Decide.CONFIRM, reason="checked")


def drafted(*refs, findings=(), decision=None):
    sites = [
        decide(judged(classified(bound_site(bound_call(), each, id=f"s{number}"),
                                 decision=decision), *findings), playbook(), Config())
        for number, each in enumerate(refs)
    ]  # fmt: skip
    return draft(group_sites(sites, Config()), sites, TARGET)


def test_moving_reference_becomes_the_target_once():
    ref = reference()
    assert drafted(ref, ref) == (ReplaceModel(ref.path, ref.at, "gpt-5.4", TARGET),)


def test_prefix_and_suffix_stay():
    (change,) = drafted(reference("openai/gpt-5.4:online"))
    assert (change.before, change.after) == ("gpt-5.4", TARGET)


def test_held_reference_gets_no_change():
    assert drafted(reference(), findings=(finding(Severity.BLOCKS),)) == ()


def test_id_spread_over_tokens_gets_no_change():
    assert drafted(reference(at=None), decision=CONFIRM) == ()


def test_target_gets_no_change():
    assert drafted(reference(TARGET)) == ()


def test_changes_come_in_the_order_of_places():
    found = drafted(reference(line=9), reference(line=2), reference(path="app/a.py"))
    assert [(each.path, each.at.line) for each in found] == [
        ("app/a.py", 3), ("app/desk.py", 2), ("app/desk.py", 9)]  # fmt: skip
