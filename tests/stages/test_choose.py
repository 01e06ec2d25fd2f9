"""Blocks are chosen from evidence, and left where a prompt covers, forbids or cannot take them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from migrator.domain.block import Origin, Risk, RiskEvidence, Strength, words_in
from migrator.domain.finding import Finding, Severity
from migrator.domain.plan_site import PromptEdit
from migrator.domain.prompt import PromptKind, Speaker
from migrator.domain.rewrite import Fate, OwnChecks
from migrator.domain.site import JudgedSite
from migrator.domain.source import Place
from migrator.playbook import load_playbook
from migrator.stages.choose import choose
from tests.sites import bound_call, bound_site, classified, prompt, reference, sent, wordless

PLAYBOOK = load_playbook("gpt-5.5")
LONG = (
    "You help the guests of a hotel in a town at the sea with whatever they may want to have. " * 10
)
HAND_OVER = "it may hand over to `Guide`"


def chosen_for(*risks, text=LONG, prompts=None, what="the call offers the tool `x`", **settings):
    call = bound_call({name.replace("__", "."): sent(value) for name, value in settings.items()})
    site = classified(bound_site(call, reference()), prompts=prompts or (prompt(text),))
    at = Place("app/desk.py", 1)
    seen = tuple(
        RiskEvidence(risk=each, strength=Strength.STRONG, origin=Origin.TOOLS, what=what, at=at)
        for each in risks
    )
    facts = [each for each in PLAYBOOK.risks if each.id in risks]
    findings = tuple(
        Finding(rule=f.rule, clause=f.clause, severity=Severity.RISK, message=f.message, at=at)
        for f in facts
    )
    judged = JudgedSite(classified=replace(site, risks=seen), findings=findings)
    return choose(judged, PLAYBOOK, OwnChecks("inn", ("pytest", "mypy")))


def ids(choice):
    return [each.block.id for each in choice.chosen]


def words(choice):
    return " ".join(point.text for each in choice.chosen for point in each.points)


def test_nothing_is_added_without_a_risk():
    assert chosen_for().state is PromptEdit.NONE_OBSERVED


def test_two_blocks_at_most_by_rank_and_within_the_bound_of_words():
    choice = chosen_for(Risk.MULTI_AGENT, Risk.RESEARCH, Risk.TOOL_HEAVY, what=HAND_OVER)
    assert ids(choice) == ["multi-agent", "research"]
    assert words_in(words(choice)) <= PLAYBOOK.thresholds.most_added_words
    assert [each.fate for each in choice.considered if each.block == "tool-use"] == [Fate.OUTRANKED]


def test_a_short_prompt_gets_one_block_and_no_more_words_than_are_granted():
    choice = chosen_for(Risk.SIDE_EFFECTS, Risk.RESEARCH, text="You look after the bookings.")
    assert ids(choice) == ["side-effects"]
    assert words_in(words(choice)) <= PLAYBOOK.thresholds.least_added_words


@pytest.mark.parametrize(
    ("risk", "text", "state"),
    [
        (Risk.SIDE_EFFECTS, "Let the guest confirm before you cancel.", PromptEdit.ALREADY_COVERED),
        (Risk.SIDE_EFFECTS, "Cancel it, and never ask the guest.", PromptEdit.NO_BLOCK),
        (Risk.SIDE_EFFECTS, "Act instead of asking the guest again.", PromptEdit.NO_BLOCK),
        (Risk.STREAMED_TOOLS, "Answer the guest in one word.", PromptEdit.NO_BLOCK),
        (Risk.CODING, "You look after the pictures of the hotel.", PromptEdit.NO_BLOCK),
        (Risk.CODING, "You read the code, and never edit it.", PromptEdit.NO_BLOCK),
        (Risk.RESEARCH, "Du sagst den Gästen, was in der Stadt los ist.", PromptEdit.NO_BLOCK),
        (
            Risk.RESEARCH,
            "Tu réponds aux questions sur la ville et tu es poli.",
            PromptEdit.NO_BLOCK,
        ),
        (Risk.RESEARCH, "Du bist ein Assistent in der Stadt.", PromptEdit.NO_BLOCK),
        (Risk.RESEARCH, "Eres un asistente. Responde a las preguntas.", PromptEdit.NO_BLOCK),
        (Risk.MULTI_AGENT, "You speak with the guests of a hotel.", PromptEdit.NO_BLOCK),
    ],
)
def test_what_a_prompt_covers_forbids_or_cannot_take_is_not_added(risk, text, state):
    choice = chosen_for(risk, text=text, what="it calls the agent `Guide` as a tool")
    assert (choice.state, choice.chosen) == (state, ())
    assert choice.why


def test_a_prompt_in_another_language_gets_advice_on_the_block_that_it_may_need():
    choice = chosen_for(Risk.TOOL_HEAVY, text="Du bist ein Assistent in der Stadt.")
    assert "says in its own language what `tool-use` says in English" in choice.why


@pytest.mark.parametrize("text", ["Use one title per section.", "You plan the tour of a van."])
def test_english_words_that_other_languages_have_as_well_are_english(text):
    assert "not in English" not in chosen_for(Risk.RESEARCH, text=text).why


def test_a_prompt_that_scripts_its_steps_gets_no_other_way():
    text = "Use this. 1. Find the room. 2. Look up its rate. 3. Tell it the guest. " + LONG
    choice = chosen_for(Risk.TOOL_HEAVY, text=text)
    assert (choice.state, choice.chosen) == (PromptEdit.NO_BLOCK, ())
    assert "the prompt scripts its steps (`1. Find the room." in choice.why


def test_rules_for_a_repository_are_for_prompts_that_speak_of_code_that_is_there():
    def points(text):
        return [each.id for each in chosen_for(Risk.CODING, text=text, what="`x`").chosen[0].points]

    assert points("You are a coding assistant that fixes bugs.") == ["constraints", "acceptance"]
    fresh = chosen_for(Risk.CODING, text="You are a coding assistant. Write files.", what="`x`")
    assert (fresh.state, fresh.chosen) == (PromptEdit.NO_BLOCK, ())
    assert "code that is there already" in fresh.why


@pytest.mark.parametrize(
    ("settings", "fixed"),
    [
        ({"text__format": "seen"}, True),
        ({"tool_choice": "required"}, True),
        ({"tool_choice": "auto"}, False),
        ({}, False),
    ],
)
def test_a_form_that_the_call_fixes_leaves_no_room_for_words_about_prose(settings, fixed):
    choice = chosen_for(Risk.RESEARCH, **settings)
    assert ("missing" not in [each.id for each in choice.chosen[0].points]) == fixed


def test_own_commands_are_named_only_where_the_prompt_speaks_of_this_repository():
    ours = chosen_for(
        Risk.CODING, text="You fix bugs in the code of this repository.", what="`bash`"
    )
    theirs = chosen_for(Risk.CODING, text="You fix bugs in the code of a customer.", what="`bash`")
    assert "`pytest` and `mypy`" in words(ours)
    assert "pytest" not in words(theirs)


@pytest.mark.parametrize(
    ("prompts", "why"),
    [
        ((prompt(), wordless(PromptKind.UNKNOWN, speaker=Speaker.SYSTEM)), "cannot be seen"),
        ((wordless(PromptKind.RUNTIME),), "no text of the developer's is in view"),
        ((prompt(LONG, alternative=1), prompt(LONG, alternative=2)), "one of several texts"),
    ],
)
def test_no_words_without_a_certain_place_for_them(prompts, why):
    choice = chosen_for(Risk.RESEARCH, prompts=prompts)
    assert choice.state is PromptEdit.NO_BLOCK
    assert why in choice.why
