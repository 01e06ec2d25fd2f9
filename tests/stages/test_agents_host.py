"""What the program writes into the environment points the agents of the SDK elsewhere."""

from __future__ import annotations

import pytest

from tests.planning import planned

DESK = """import os
from agents import Agent

os.environ["{variable}"] = "{value}"
desk = Agent(name="Desk", instructions="Answer readers in one sentence.", model="gpt-5.4")
"""


@pytest.mark.parametrize(
    ("variable", "value", "outcome"),
    [
        ("OPENAI_BASE_URL", "https://models.example.org/v1", "unknown"),
        ("OPENAI_BASE_URL", "https://api.openai.com/v1", "string_only"),
        ("OPENAI_ORG_ID", "https://models.example.org/v1", "string_only"),
    ],
)
def test_an_address_in_the_environment_counts_for_agents(tmp_path, variable, value, outcome):
    (tmp_path / "desk.py").write_text(DESK.format(variable=variable, value=value), encoding="utf-8")
    sites = planned(tmp_path)["sites"]
    assert [each["outcome"] for each in sites] == [outcome]
