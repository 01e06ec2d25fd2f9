"""Hold the remedies of the shipped parameter facts to what a program can carry out."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from migrator.domain.errors import PlaybookError
from migrator.domain.remedy import RemedyKind
from migrator.playbook import load_playbook

SHIPPED = Path(__file__).parents[1] / "playbooks"
CAP = (
    'remedies = [{ do = "rename", to = "max_completion_tokens", unblock = true, since = "1.45.0" }]'
)


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (CAP.replace("max_completion_tokens", "max_tokns"), "there is no `max_tokns`"),
        ('remedies = [{ do = "drop", to = "n" }]', "only a renamed parameter"),
        ('remedies = [{ do = "replace" }]', "a value is given to `replace`"),
        ('remedies = [{ do = "drop", by = 1 }]', "a value is given to `replace`"),
        ('remedies = [{ do = "drop", setting = "n" }]', "about its own parameter"),
    ],
)
def test_mistake_in_a_remedy_is_named(tmp_path, after, told):
    root = tmp_path / "books"
    shutil.copytree(SHIPPED, root)
    path = root / "gpt-5.5" / "parameters.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(CAP, after, 1), encoding="utf-8")
    with pytest.raises(PlaybookError, match="remedies") as caught:
        load_playbook("gpt-5.5", root)
    assert told in caught.value.message


def test_parameters_that_code_leans_on_have_no_remedy():
    facts = load_playbook("gpt-5.5").parameters
    by_hand = {each.name for each in facts if not each.remedies}
    assert {"stop", "logit_bias", "tools", "modalities"} <= by_hand
    assert "temperature" not in by_hand


def test_sampling_can_be_dropped_or_kept_without_reasoning():
    (fact,) = (each for each in load_playbook("gpt-5.5").parameters if each.name == "temperature")
    assert [each.do for each in fact.remedies] == [RemedyKind.DROP, RemedyKind.EFFORT]


def test_unblocking_touches_these_parameters_and_no_others():
    facts = load_playbook("gpt-5.5").parameters
    marked = {(each.name, one.do) for each in facts for one in each.remedies if one.unblock}
    sampling = {"temperature", "top_p", "presence_penalty", "frequency_penalty"}
    assert {name for name, do in marked if do is RemedyKind.EFFORT} == {
        *sampling,
        "logprobs",
        "top_logprobs",
    }
    assert {name for name, do in marked if do is RemedyKind.DROP} == {
        *sampling,
        "prompt_cache_retention",
    }
    assert {name for name, do in marked if do is RemedyKind.RENAME} == {"max_tokens"}
    assert {name for name, do in marked if do is RemedyKind.REPLACE} == {
        "reasoning_effort",
        "reasoning.effort",
    }
