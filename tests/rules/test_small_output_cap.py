from __future__ import annotations

import pytest

from migrator.domain.finding import Severity
from migrator.rules.small_output_cap import RULE
from tests.playbooks import playbook
from tests.sites import sent, site_of, unread


def found(cap, model="gpt-4.1", **settings):
    site = site_of({"max_output_tokens": cap} | settings, model=model)
    return [each.severity for each in RULE.check(site, playbook())]


@pytest.mark.parametrize(
    ("cap", "expected"),
    [
        (sent(400), [Severity.UNSETTLED]),
        (sent(1023), [Severity.UNSETTLED]),
        (sent(1024), [Severity.WARNS]),
        (sent(2048), []),
        (sent(None), []),
        (unread(), [Severity.UNSETTLED]),
    ],
)
def test_cap_is_weighed_for_a_source_that_did_not_reason(cap, expected):
    assert found(cap) == expected


def test_source_that_reasons_by_default_is_silent():
    assert not found(sent(400), model="gpt-5")


def test_effort_none_is_silent_and_low_is_not():
    assert not found(sent(400), **{"reasoning.effort": sent("none")})
    assert found(sent(400), **{"reasoning.effort": sent("low")})
