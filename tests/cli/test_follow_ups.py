"""`migrate follow-ups` writes the tasks that free what cannot move."""

from __future__ import annotations

import json

import pytest

from tests.running import migrate

WRAPPER = b"""\
from openai import OpenAI

client = OpenAI()


def ask(prompt: str, model: str) -> str:
    done = client.chat.completions.create(
        model=model,
        max_tokens=4000,
        messages=[{"role": "user", "content": prompt}],
    )
    return done.choices[0].message.content
"""
CALLERS = b"""\
from wrapper import ask

MODEL = "gpt-4.1"

title = ask("Write a title for the ticket.", MODEL)
reply = ask("Write a reply to the ticket.", model="gpt-4.1")
label = ask("Pick one label for the ticket.", model="gpt-4o")
"""


@pytest.fixture
def wrapped(repository, monkeypatch):
    repository.commit({"wrapper.py": WRAPPER, "desk.py": CALLERS})
    monkeypatch.chdir(repository.root)
    return repository


def tasks(*words: str) -> list[dict]:
    return json.loads(migrate("follow-ups", "--format", "json", *words).out)


@pytest.mark.usefixtures("wrapped")
def test_one_wrapper_that_stops_many_sites_is_one_task():
    (task,) = tasks()
    assert task["place"] == "wrapper.py:9"
    assert (len(task["sites"]), len(task["frees"])) == (3, 3)


@pytest.mark.usefixtures("wrapped")
def test_a_task_says_what_to_do_where_and_what_not_to_touch():
    text = migrate("follow-ups").out
    assert text.startswith("# What keeps 3 sites from gpt-5.5\n\n## Rename `max_tokens`")
    assert "- [ ] `wrapper.py:9`: 3 sites, frees 3" in text
    assert "Do not touch the model id, the prompt and every other argument of the call." in text
    assert "3 sites then move to gpt-5.5 with the next plan." in text


def test_the_acceptance_command_fails_until_the_task_is_done(wrapped):
    command = tasks()[0]["acceptance"].split()[1:]
    assert migrate(*command).code == 1
    assert "still to do: wrapper.py:9" in migrate(*command).err
    wrapped.commit({"wrapper.py": WRAPPER.replace(b"max_tokens", b"max_completion_tokens")})
    assert migrate(*command).code == 0


@pytest.mark.usefixtures("desk")
def test_what_waits_for_a_shared_definition_counts_as_freed():
    (task,) = tasks("--task", "R10")
    assert (len(task["sites"]), len(task["frees"])) == (1, 2)


def test_steps_that_free_nothing_by_themselves_are_told_so(wrapped):
    both = WRAPPER.replace(b"max_tokens=4000,", b'max_tokens=4000,\n        stop=["END"],')
    wrapped.commit({"wrapper.py": both})
    assert [len(each["frees"]) for each in tasks()] == [0, 0]
    text = migrate("follow-ups").out
    assert text.count("None of these steps frees a site by itself") == len(tasks())
    assert "0 sites then" not in text


def test_steps_that_free_sites_only_together_say_how_many_and_with_which_others(wrapped):
    both = WRAPPER.replace(b"max_tokens=4000,", b'max_tokens=4000,\n        stop=["END"],')
    wrapped.commit({"wrapper.py": both})
    text = " ".join(migrate("follow-ups").out.split())
    first, second = tasks()
    assert "Done together, these steps free 3 sites; 3 sites of them need more than one" in text
    assert f"frees 3 together with {second['id']}" in text
    assert f"frees 3 together with {first['id']}" in text
    assert [len(each["together"][0]["frees"]) for each in (first, second)] == [3, 3]


@pytest.mark.usefixtures("wrapped")
def test_a_step_that_is_enough_by_itself_is_tied_to_no_other():
    assert [each["together"] for each in tasks()] == [[]]
    assert "together" not in migrate("follow-ups").out


@pytest.mark.usefixtures("small")
def test_nothing_to_do_is_said_in_a_line():
    assert migrate("follow-ups").out.startswith("Nothing is left to do")


@pytest.mark.usefixtures("wrapped")
@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("--task", "R99"), "there is no task 'R99'"),
        (("--check", "R10"), "--check R10 names no place"),
        (("--format", "xml"), "there is no format 'xml'"),
    ],
)
def test_a_wrong_word_is_told_with_the_way_on(words, reason):
    answer = migrate("follow-ups", *words)
    assert answer.code == 2
    assert reason in answer.err
    assert "next:" in answer.err
