from __future__ import annotations

from migrator.domain.finding import Severity
from migrator.rules.unresolved_settings import RULE
from tests.playbooks import fact, playbook
from tests.sites import site_of, unread

NAMES = ("temperature", "tools", "top_p", "stop")


def test_unseen_table_makes_one_finding_that_names_its_origin():
    settings = {name: unread("load_options() gives it") for name in NAMES}
    (only,) = RULE.check(site_of(settings, hidden=NAMES), playbook())
    assert only.severity is Severity.UNSETTLED
    assert "load_options()" in only.message
    assert "and others" in only.message


def test_parameters_that_may_be_rejected_are_named_first():
    site = site_of({name: unread() for name in NAMES}, hidden=NAMES)
    (only,) = RULE.check(site, playbook(fact("top_p")))
    assert "may bring `top_p`, `stop`" in only.message


def test_unread_value_written_at_the_call_is_silent():
    assert not list(RULE.check(site_of({"temperature": unread()}), playbook()))
