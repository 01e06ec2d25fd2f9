"""The expressions of a playbook are tried where it is read from a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.playbook import find_playbooks, load_playbook

SHIPPED = Path(__file__).parents[2] / "playbooks"


@pytest.mark.parametrize("target", find_playbooks())
def test_every_expression_of_a_shipped_playbook_is_a_regular_one(target):
    assert load_playbook(target, SHIPPED) == load_playbook(target)
