"""A verdict names the single facts that it turns on."""

from __future__ import annotations

import json

import pytest

from tests.planning import planned

CALL = """\
from openai import OpenAI

client = OpenAI()
text = "Sum the ticket up in one sentence."
print(client.chat.completions.create(
    model="{model}", messages=[{{"role": "user", "content": text}}], {more}
))
"""


@pytest.fixture
def turning(tmp_path):
    def of(model: str, more: str = "", note: str = "") -> list[tuple[str, str]]:
        (tmp_path / "app.py").write_text(note + CALL.format(model=model, more=more))
        (site,) = planned(tmp_path)["sites"]
        return [
            (each["fact"].partition(":")[0], each["outcome"]) for each in site["counterfactuals"]
        ]

    return of


def test_one_blocker_is_the_fact_that_it_turns_on(turning):
    assert turning("gpt-4.1", "max_tokens=4000") == [("R10", "light_rewrite")]


def test_with_two_blockers_it_turns_on_neither_alone(turning):
    assert turning("gpt-4.1", "max_tokens=4000, stop=['x']") == []


def test_an_open_question_is_such_a_fact(turning):
    asked = "the open question `small`, which --confirm small answers"
    assert turning("gpt-4.1-mini") == [(asked, "light_rewrite")]


def test_a_verdict_that_nothing_stands_against_turns_on_nothing(turning):
    assert turning("gpt-4.1") == []


def test_facts_of_a_saved_plan_carry_their_place(tmp_path):
    (tmp_path / "app.py").write_text(CALL.format(model="gpt-4.1", more="max_tokens=4000"))
    (site,) = planned(tmp_path)["sites"]
    assert json.loads(json.dumps(site["counterfactuals"]))[0]["at"] == {"path": "app.py", "line": 6}
