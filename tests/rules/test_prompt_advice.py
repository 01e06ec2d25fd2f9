"""Advice names words that a prompt may do without, and only those."""

from __future__ import annotations

import pytest

from migrator.domain.expression import Entry, Table, Text
from migrator.domain.finding import Severity
from migrator.domain.site import Setting, SettingState
from migrator.rules.prompt_advice import check
from tests.playbooks import playbook
from tests.sites import (
    AT,
    bound_call,
    bound_site,
    classified,
    prompt,
    reference,
    sent,
    sent_as,
    wordless,
)


def notes(text, **settings):
    given = {name.replace("__", "."): value for name, value in settings.items()}
    made = {name: e if isinstance(e, Setting) else sent(e) for name, e in given.items()}
    unseen = tuple(name for name, each in made.items() if each.state is SettingState.UNRESOLVED)
    call = bound_call(made, hidden=unseen)
    site = classified(bound_site(call, reference()), prompts=(prompt(text),))
    found = list(check(site, playbook()))
    assert {each.severity for each in found} <= {Severity.NOTES}
    return [each.message for each in found]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("You are a clerk. Today's date is {…}.", "knows today's date"),
        ("Your knowledge cutoff is 2023.", "knows today's date"),
        ("Sort the letters. Think step by step.", "finds its own steps"),
        (
            "First read the letter, then list its wishes, then weigh each one, then answer.",
            "finds its own steps",
        ),
        ("ALWAYS answer in English. Be kind. Remember: always answer in English", "said twice"),
        ("Always answer in English.\n- Be kind.\n- ALWAYS answer in English!", "said twice"),
    ],
)
def test_words_that_the_target_does_without_are_named(text, says):
    found = notes(text)
    assert [says in each for each in found] == ([True] if says else [])


@pytest.mark.parametrize(
    "text",
    [
        "Refunds end 30 days after the date of the order; use Berlin time.",
        "Name the steps in the order of the manual, step 1 first.",
        "Never promise a refund. Never name other guests.",
        "Ask for the date of birth.",
        "Give JSON with a field reason, the chain-of-thought that led to the score.",
    ],
)
def test_what_the_task_itself_needs_is_not_named(text):
    assert notes(text) == []


SCHEMA = 'Return JSON: {"name": "the guest", "room": "a number"}'


def test_a_schema_is_named_only_where_the_call_enforces_a_format():
    assert [each for each in notes(SCHEMA, text__format="seen") if "enforces a format" in each]
    assert notes(SCHEMA) == []


@pytest.mark.parametrize(
    "setting",
    [
        sent_as(Table(AT, (Entry(Text(AT, "type"), Text(AT, "json_object")),))),
        Setting(state=SettingState.UNRESOLVED, reason="comes with a splat"),
    ],
    ids=["any JSON will do", "not at the call"],
)
def test_a_schema_that_nothing_enforces_is_not_named(setting):
    assert notes(SCHEMA, text__format=setting) == []


def test_what_the_caller_brings_is_not_read():
    site = classified(bound_site(bound_call(), reference()), prompts=(wordless("runtime"),))
    assert list(check(site, playbook())) == []
