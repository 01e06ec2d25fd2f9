from __future__ import annotations

from migrator.domain.source import Place
from migrator.rules.asserted_model import RULE
from tests.playbooks import playbook
from tests.sites import classified


def test_assertion_on_the_id_is_named_with_its_line():
    site = classified(traits={"asserted_at": "tests/test_a.py:4\ntests/test_b.py:9"})
    found = [each.at for each in RULE.check(site, playbook())]
    assert found == [Place("tests/test_a.py", 4), Place("tests/test_b.py", 9)]


def test_no_assertion_is_silent():
    assert not list(RULE.check(classified(), playbook()))
