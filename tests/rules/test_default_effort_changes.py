from __future__ import annotations

import pytest

from migrator.domain.finding import Severity
from migrator.rules.default_effort_changes import RULE
from tests.playbooks import GONE, playbook
from tests.sites import sent, site_of


@pytest.mark.parametrize("model", ["gpt-4.1", "gpt-5.4"])
def test_silence_warns_where_the_source_did_not_reason(model):
    (only,) = RULE.check(site_of({}, model=model), playbook())
    assert only.severity is Severity.WARNS
    assert "medium" in only.message


def test_source_that_reasoned_anyway_is_silent():
    assert not list(RULE.check(site_of({}, model="gpt-5"), playbook()))


def test_visible_effort_is_silent():
    site = site_of({"reasoning.effort": sent("low")}, model="gpt-5.4")
    assert not list(RULE.check(site, playbook()))


def test_surface_without_the_target_is_silent():
    assert not list(RULE.check(site_of({}, surface=GONE), playbook()))
