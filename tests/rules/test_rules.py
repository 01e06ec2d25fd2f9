"""What every rule owes to the house."""

from __future__ import annotations

import sys

import pytest

from migrator import rules
from migrator.domain.rule import Rule
from migrator.plugins import plugins
from tests.playbooks import playbook
from tests.sites import bound_call, bound_site, classified, reference

RULES = plugins(rules, "RULE", Rule)


def test_codes_and_slugs_are_unique():
    names = [code for each in RULES for code in (*each.codes, each.slug)]
    assert len(names) == len(set(names))
    assert RULES


@pytest.mark.parametrize("rule", RULES, ids=lambda each: each.slug)
def test_every_rule_explains_itself(rule):
    text = sys.modules[rule.check.__module__].__doc__ or ""
    for heading in ("What it checks", "Why", "Example", "Source"):
        assert f"\n{heading}\n" in text


@pytest.mark.parametrize("rule", RULES, ids=lambda each: each.slug)
def test_half_a_site_is_no_trouble_to_any_rule(rule):
    for bound in (bound_site(bound_call()), bound_site(None, reference("ft:gpt-4.1:a::1"))):
        for each in rule.check(classified(bound, prompts=()), playbook()):
            assert each.message
