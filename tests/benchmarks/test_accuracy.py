from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks._labels import LabelError, read_labels
from benchmarks.accuracy import main, rendered, score

ROOT = Path(__file__).parent.parent.parent
DEMO = ROOT / "benchmarks" / "support-desk.jsonl"
CODE = b"""\
from openai import OpenAI

OpenAI().responses.create(model="gpt-4.1", instructions="Name the colour.", input="sea")
"""
CALL = {
    "path": "app.py",
    "line": 3,
    "expected": ["light_rewrite"],
    "prompt": "app.py:3",
    "may_edit": True,
}


@pytest.fixture
def scored(repository, tmp_path):
    """Score labels of the tiny project above; keyword arguments change the one of its call."""
    repository.commit({"app.py": CODE})

    def run(*more, **changed):
        return score(labels(tmp_path, repository.root, {**CALL, **changed}, *more))

    return run


def labels(folder, root, *found):
    corpus = folder / "labels.jsonl"
    corpus.write_text("".join(json.dumps(each) + "\n" for each in found))
    return read_labels(corpus, root)


def test_a_right_plan_scores_full(scored):
    found = scored()
    assert (found.recall.part, found.precision.part, found.pairing.part) == (1, 1, 1)
    assert (found.edits.part, found.false_edits, found.unspoken) == (1, 0, 0)
    assert rendered(found).endswith("plan and labels agree")


def test_an_edit_on_a_line_that_must_stay_is_counted(scored):
    found = scored(may_edit=False)
    assert found.false_edits == 1
    assert "app.py:3: FALSE EDIT" in rendered(found)


def test_a_missed_site_lowers_recall_and_its_outcome(scored):
    missed = {"path": "app.py", "line": 1, "expected": ["blocked"], "may_edit": False}
    found = scored(missed)
    assert (found.recall.part, found.recall.whole) == (1, 2)
    assert (found.outcome("blocked").part, found.outcome("blocked").whole) == (0, 1)
    assert "app.py:1: expected blocked, is not_a_site" in rendered(found)


def test_a_site_where_none_is_lowers_precision(scored):
    found = scored(expected="not_a_site")
    assert (found.precision.part, found.precision.whole) == (0, 1)
    assert "expected not_a_site, is light_rewrite" in rendered(found)


def test_another_outcome_is_wrong_and_one_of_several_is_right(scored):
    assert scored(expected=["blocked"]).outcome("blocked").part == 0
    assert scored(expected=["unknown", "light_rewrite"]).outcome("unknown").part == 1


@pytest.mark.parametrize("prompt", [None, "app.py:1", "other.py:3"])
def test_another_prompt_lowers_pairing(scored, prompt):
    found = scored(prompt=prompt)
    assert (found.pairing.part, found.pairing.whole) == (0, 1)
    assert "is app.py:3" in rendered(found)


def test_an_edit_that_is_allowed_and_not_made_is_listed(scored):
    other = {"path": "app.py", "line": 2, "expected": "not_a_site", "may_edit": True}
    assert "app.py:2: not edited" in rendered(scored(other))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "Expecting property name"),
        ("[]", "is no JSON object"),
        ('{"path": "app.py", "line": 1, "may_edit": true}', "'expected' is missing"),
        (json.dumps({**CALL, "line": 0}), "'line' must be a number from 1"),
        (json.dumps({**CALL, "line": 9}), "app.py has no line 9"),
        (json.dumps({**CALL, "expected": ["moved"]}), "there is no outcome 'moved'"),
        (json.dumps({**CALL, "expected": []}), "'expected' must be a list"),
        (json.dumps({**CALL, "path": "gone.py"}), "there is no file gone.py"),
        (json.dumps({**CALL, "prompt": "app.py"}), "'prompt' must be"),
        (json.dumps({**CALL, "role": "test"}), "unknown key 'role'"),
        (json.dumps({**CALL, "repository": "gone"}), "there is no repository"),
    ],
)
def test_bad_input_names_file_and_line(repository, tmp_path, capsys, text, reason):
    repository.write({"app.py": CODE})
    corpus = tmp_path / "labels.jsonl"
    corpus.write_text(f"{json.dumps(CALL)}\n{text}\n")
    assert main([str(corpus), "--root", str(repository.root)]) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"error: {corpus}:2: ")
    assert reason in error


def test_labels_without_a_repository_want_a_root(tmp_path):
    with pytest.raises(LabelError, match=r"labels.jsonl:1: names no 'repository'"):
        labels(tmp_path, None, CALL)


def test_the_demo_agrees_with_its_labels(capsys):
    assert main([str(DEMO)]) == 0
    shown = capsys.readouterr().out
    assert "plan and labels agree" in shown
    found = score(read_labels(DEMO, None))
    assert (found.false_edits, found.unspoken, found.recall.whole) == (0, 0, 34)
