"""What becomes of prompts, from the command line to the branch."""

from __future__ import annotations

import json

import pytest

from tests.running import migrate

BRANCH = "migrate/gpt-5.5"
TEXTS = "support_desk/prompts.py"

pytestmark = pytest.mark.usefixtures("desk")


def planned(*words):
    return json.loads(migrate("plan", "--format", "json", *words).out)


def risky(document):
    return next(each for each in document["sites"] if "R66" in str(each["findings"]))


def test_a_prompt_edit_says_its_block_and_its_words():
    document = planned()
    (edit,) = [each for each in document["edits"] if each["kind"] == "prompt"]
    assert (edit["path"], edit["blocks"], edit["words"]) == (TEXTS, ["strict-format"], 12)
    assert risky(document)["prompt_edit"] == "edited"
    assert edit["id"] in risky(document)["edits"]


def test_prompts_are_kept_when_asked_and_their_models_still_move():
    document = planned("--prompts", "keep")
    assert {each["kind"] for each in document["edits"]} == {"model"}
    assert risky(document)["prompt_edit"] == "no_block"
    assert "as asked (--prompts keep)" in risky(document)["prompt_why"]
    assert risky(document)["edits"]


def test_a_prompt_edit_is_a_commit_of_its_own_that_only_adds(desk):
    migrate("apply", "--yes")
    log = desk.git("log", "--format=%H %s", f"main..{BRANCH}").splitlines()
    (prompt,) = [each.split()[0] for each in log if "prompt: " in each]
    assert desk.git("show", "--format=", "--name-only", prompt).split() == [TEXTS]
    before, after = (desk.blob(f"{each}:{TEXTS}").decode() for each in (f"{prompt}~", prompt))
    told, asked = {}, {}
    exec(after, told)
    exec(before, asked)
    (grown,) = [each for each in told if each.isupper() and told[each] != asked[each]]
    assert told[grown].startswith(asked[grown])


def test_without_prompt_edits_the_branch_leaves_prompts_as_they_are(desk):
    migrate("apply", "--prompts", "keep", "--yes")
    assert TEXTS not in desk.git("diff", "--name-only", "main", BRANCH).split()


def test_reviewers_and_screens_are_told_of_the_words():
    assert f"{TEXTS}:23  +12 words of strict-format" in migrate("plan").out
    told = migrate("plan", "--format", "pull-request").out
    assert "gets 12 words of `strict-format`" in told
