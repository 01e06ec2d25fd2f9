"""The rules that look at the model or the surface alone."""

from __future__ import annotations

import pytest

from migrator.domain.finding import Severity
from migrator.rules import (
    blocked_model,
    fine_tuned_model,
    nonexistent_model,
    unavailable_surface,
    unresolved_model,
)
from tests.playbooks import GONE, RESPONSES, playbook
from tests.sites import bound_call, bound_site, classified, hop, reference, site_of


@pytest.mark.parametrize(
    ("rule", "firing", "severity"),
    [
        (fine_tuned_model, "ft:gpt-4.1:acme::1", Severity.BLOCKS),
        (blocked_model, "gpt-4o-search-preview", Severity.BLOCKS),
        (nonexistent_model, "gpt-5-turbo", Severity.UNSETTLED),
        (nonexistent_model, "gpt-5.2-uk", Severity.UNSETTLED),
    ],
)
def test_odd_model_fires_and_a_plain_one_does_not(rule, firing, severity):
    (only,) = rule.RULE.check(site_of({}, model=firing), playbook())
    assert (only.severity, only.at.line) == (severity, 3)
    assert not list(rule.RULE.check(site_of({}, model="gpt-4.1"), playbook()))


@pytest.mark.parametrize(("surface", "expected"), [(GONE, ["R29"]), (RESPONSES, [])])
def test_unavailable_surface_speaks_for_itself(surface, expected):
    found = unavailable_surface.RULE.check(site_of({}, surface=surface), playbook())
    assert [each.rule for each in found] == expected


def test_missing_reference_names_the_last_place_of_the_trail():
    bound = bound_site(bound_call(), unresolved="MODEL has no default", last_hop=hop())
    (only,) = unresolved_model.RULE.check(classified(bound), playbook())
    assert (only.severity, only.at.line) == (Severity.UNSETTLED, 2)
    assert "MODEL has no default" in only.message


def test_present_reference_is_silent():
    bound = bound_site(bound_call(), reference())
    assert not list(unresolved_model.RULE.check(classified(bound), playbook()))
