from __future__ import annotations

from dataclasses import replace

import pytest

from migrator.domain.config import Config, Decide, Decision
from migrator.domain.facts import Pragma
from migrator.domain.finding import Severity
from migrator.stages.decide import decide
from migrator.stages.group import group_sites
from migrator.stages.lapse import lapsed_decisions, unused_pragmas
from tests.playbooks import playbook
from tests.sites import AT, PATH, finding, judged, site_of

CLEAN = decide(judged(site_of()), playbook(), Config())
ACCEPTED = replace(
    CLEAN, judged=replace(CLEAN.judged, accepted=(finding(Severity.BLOCKS, "R12", 11),))
)
DECISION = Decision(on="gpt-4.1", decide=Decide.PIN, reason="contract", expiry="2026-05-01")


def unused(verb, line, *, rule="", reason="because"):
    pragma = Pragma(replace(AT, line=line), verb, rule, reason, line)
    return unused_pragmas({PATH: [pragma]}, [ACCEPTED])


def lapsed(as_of="2026-04-01", **changes):
    config = Config(path="migrate.toml", decisions=(replace(DECISION, **changes),))
    groups = group_sites([CLEAN], config)
    return lapsed_decisions(config, [CLEAN], groups, as_of)


@pytest.mark.parametrize("line", [10, 11])
def test_a_comment_on_a_site_is_used(line):
    assert unused("pin", line) == ()


def test_a_comment_beside_no_site_is_named():
    assert unused("ignore", 90) == (
        "app/desk.py:90: `migrate: ignore` stands beside nothing that could move",
    )


def test_an_accepted_finding_uses_its_comment():
    assert unused("accept", 11, rule="R12") == ()


def test_a_comment_that_accepts_another_rule_is_named():
    assert unused("accept", 11, rule="R13") == (
        "app/desk.py:11: `migrate: accept[R13]` matches no finding",
    )


def test_a_comment_without_a_reason_is_named_although_it_is_heeded():
    assert unused("pin", 10, reason="") == ("app/desk.py:10: `migrate: pin` gives no reason",)


def test_a_decision_in_force_is_quiet():
    assert lapsed() == ()


def test_a_decision_ends_after_its_last_day():
    assert lapsed(as_of="2026-05-01") == ()
    assert lapsed(as_of="2026-05-02") == (
        "migrate.toml: the decision on `gpt-4.1` ended on 2026-05-01",
    )


def test_a_decision_on_a_group_names_something():
    (group,) = group_sites([CLEAN], Config())
    assert lapsed(on=group.id) == ()


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"on": "gone"}, "`gone` names no site, group or model here"),
        ({"text": "gpt-4o"}, "`gpt-4.1` was made for `gpt-4o`, which is not there now"),
    ],
)
def test_a_decision_that_means_nothing_any_more_is_named(changes, why):
    assert lapsed(**changes) == (f"migrate.toml: the decision on {why}",)
