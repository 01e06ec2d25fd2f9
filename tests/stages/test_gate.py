from __future__ import annotations

from dataclasses import replace

import pytest

from migrator.domain.config import Decide, Decision
from migrator.domain.facts import Pragma
from migrator.domain.rule import Rule
from migrator.stages.gate import judge
from tests.playbooks import fact, playbook
from tests.sites import AT, PATH, classified, finding


def rule(*found, code="R12", slug="odd"):
    return Rule(code=code, slug=slug, title="", clause="", check=lambda site, book: iter(found))


def accept(name="R12", line=10, reason="measured"):
    return {PATH: (Pragma(replace(AT, line=line), "accept", name, reason, line),)}


def test_all_findings_of_all_rules_are_kept_once_and_in_order():
    late, early = finding(rule="R12", line=9), finding(rule="R05", line=30)
    first = finding(rule="R12", line=2)
    site = judge(classified(), [rule(late, first, late), rule(early)], playbook(), {})
    assert site.findings == (early, first, late)


@pytest.mark.parametrize("name", ["R12", "odd"])
def test_accepted_finding_moves_aside_and_another_stays(name):
    both = (finding(rule="R12"), finding(rule="R15"))
    site = judge(classified(), [rule(*both)], playbook(), accept(name))
    assert site.accepted == both[:1]
    assert site.findings == both[1:]


@pytest.mark.parametrize("pragmas", [accept(reason=""), accept(line=40), accept("R15")])
def test_pragma_without_reason_or_elsewhere_accepts_nothing(pragmas):
    assert judge(classified(), [rule(finding())], playbook(), pragmas).findings


def test_accept_at_the_findings_own_line_counts():
    site = judge(classified(), [rule(finding(line=77))], playbook(), accept(line=77))
    assert site.accepted


@pytest.mark.parametrize("off", ["R12", "odd", "temperature-rejected"])
def test_rule_that_is_off_finds_nothing(off):
    book = playbook(fact("temperature"), rules_off=(off,))
    assert not judge(classified(), [rule(finding())], book, {}).findings
    assert judge(classified(), [rule(finding(rule="R15"), code="R15", slug="x")], book, {}).findings


def test_ignored_site_is_not_judged():
    ignored = classified(decision=Decision(on="s1", decide=Decide.IGNORE, reason="legacy"))
    assert not judge(ignored, [rule(finding())], playbook(), {}).findings
