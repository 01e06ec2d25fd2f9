"""The eight questions and three assessments rest on evidence, and say so where there is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from migrator.domain.config import Role
from migrator.domain.expression import Call, Name
from migrator.domain.facts import Invocation
from migrator.domain.finding import Finding, Severity, Size, SizeKind
from migrator.domain.parsed import Parsed
from migrator.domain.playbook import CallShape
from migrator.domain.prompt import PromptKind, PromptLink, PromptSurface, Speaker
from migrator.domain.replay import Replay, Replayed
from migrator.domain.site import (
    BoundCall,
    BoundSite,
    ClassifiedSite,
    JudgedSite,
    PairedSite,
    Setting,
    SettingState,
)
from migrator.domain.source import Location, Place
from migrator.domain.surface import Surface
from migrator.domain.trail import Confidence, Frame
from migrator.stages.checklist import answer_checklist, assess

HERE = Place("app/chat.py", 7)
AT = Location(7, 1, 0, 9)
RESPONSES = Surface(
    id="responses",
    library="openai",
    label="Responses",
    tools=("tools",),
    output_format=("text.format",),
    state=("previous_response_id",),
)
CHAT = replace(RESPONSES, id="chat_completions", label="Chat Completions", state=())


def bound_call(surface=RESPONSES, loops=0, **settings):
    call = Call(AT, Name(AT, "create"), (), ())
    return BoundCall(
        place=HERE,
        end_line=9,
        text="client.responses.create",
        frame=Frame("app/chat.py", "ask"),
        invocation=Invocation(call, "ask", loops=loops),
        shape=CallShape(id="create", library="openai", surface=surface.id),
        surface=surface,
        receiver=None,
        client={},
        settings={name.replace("__", "."): value for name, value in settings.items()},
        arguments={},
    )


def judged(call, *findings, prompts=()):
    bound = BoundSite(
        id="s1",
        place=HERE,
        symbol="ask",
        language="python",
        call=call,
        reference=None,
        unresolved="" if call else "no id",
    )
    classified = ClassifiedSite(
        paired=PairedSite(bound=bound, prompts=prompts),
        role=Role.PRODUCTION,
        why_role="",
        family="4o",
        tier="mainline",
    )
    return JudgedSite(classified=classified, findings=findings)


def found(severity, kind=SizeKind.PARAMETER, clause="posture.5"):
    return Finding(
        rule="R10",
        clause=clause,
        severity=severity,
        message="max_tokens is rejected",
        at=Place("app/chat.py", 8),
        size=Size(kind, 1),
    )


def link(kind=PromptKind.INLINE, *, text=True, editable=True, confidence=Confidence.CERTAIN):
    surface = PromptSurface(
        id="p1", path="app/chat.py", at=AT, end_line=7, kind=kind, speaker=Speaker.SYSTEM,
        text="Answer.", editable=editable, words=1, lines=1,
    )  # fmt: skip
    return PromptLink(
        surface=surface if text else None, path="app/chat.py", line=7, kind=kind,
        speaker=Speaker.SYSTEM, confidence=confidence,
    )  # fmt: skip


def set_to(value):
    return Setting(state=SettingState.EXPLICIT, value=value, at=Place("app/chat.py", 9))


def answers(site):
    return [each.answer for each in answer_checklist(site)]


def test_a_clean_call_is_answered_from_what_is_seen():
    site = judged(bound_call(), prompts=(link(),))
    assert answers(site) == [
        "yes", "yes", "no", "yes", "yes", "unclear", "not_applicable", "unclear",
    ]  # fmt: skip
    assert [each.item for each in answer_checklist(site)] == [1, 2, 3, 4, 5, 6, 7, 8]


def test_a_parameter_blocker_needs_implementation_work():
    items = answer_checklist(judged(bound_call(), found(Severity.BLOCKS), prompts=(link(),)))
    assert [items[index].answer for index in (0, 2, 3)] == ["yes", "yes", "no"]
    assert items[2].evidence == "max_tokens is rejected (R10)"
    assert (items[2].at.path, items[2].at.line) == ("app/chat.py", 8)


def test_a_gate_that_refuses_the_target_answers_the_first_question_with_no():
    site = judged(bound_call(), found(Severity.BLOCKS, SizeKind.GATE))
    assert answers(site)[0] == "no"


def test_an_unsettled_fact_makes_the_gate_questions_unclear():
    site = judged(bound_call(), found(Severity.UNSETTLED))
    assert [answers(site)[index] for index in (0, 2, 3)] == ["unclear"] * 3


def test_without_a_call_nothing_about_the_host_is_claimed():
    assert answers(judged(None)) == ["unclear"] * 8
    assert assess(judged(None)).tools.answer == "cannot tell: no call is seen"


@pytest.mark.parametrize(
    ("prompt", "answer"),
    [
        (link(PromptKind.UNKNOWN, text=False), "unclear"),
        (link(confidence=Confidence.WEAK), "unclear"),
        (link(PromptKind.HOSTED, text=False), "no"),
        (link(editable=False), "no"),
        (link(PromptKind.RUNTIME, text=False), "unclear"),
        (replace(link(PromptKind.RUNTIME, text=False), speaker=Speaker.USER), "not_applicable"),
        (link(PromptKind.NONE, text=False), "not_applicable"),
    ],
)
def test_prompts_are_identifiable_only_when_certain_and_editable(prompt, answer):
    assert answers(judged(bound_call(), prompts=(prompt,)))[1] == answer


def test_an_output_format_is_an_explicit_contract():
    site = judged(bound_call(text__format=set_to("table of 3")))
    assert answers(site)[5] == "yes"
    assessment = assess(site).structured_output
    assert assessment.answer == "an explicit contract shapes the answer; it stays as it is"
    assert assessment.evidence[0] == "text.format states the format at app/chat.py:9"


def test_an_explicit_none_counts_as_not_set():
    assert assess(judged(bound_call(tools=set_to(None)))).tools.answer == "no tools in the call"


def test_a_setting_that_cannot_be_read_is_not_guessed():
    hidden = Setting(state=SettingState.UNRESOLVED)
    assessment = assess(judged(bound_call(tools=hidden))).tools
    assert assessment.answer == "set to something that cannot be read here; it stays as it is"


@pytest.mark.parametrize(
    ("call", "answer"),
    [
        (bound_call(tools=set_to("list of 2")), "unclear"),
        (bound_call(loops=1), "unclear"),
        (bound_call(tools=set_to("list of 2"), previous_response_id=set_to("last.id")), "yes"),
        (bound_call(CHAT, tools=set_to("list of 2")), "not_applicable"),
    ],
)
def test_phase_is_claimed_only_where_the_state_is_kept_at_the_api(call, answer):
    assert answers(judged(call))[6] == answer


def test_a_dropped_phase_is_a_no():
    site = judged(bound_call(), found(Severity.BLOCKS, SizeKind.DESIGN, "light.15"))
    assert answers(site)[6] == "no"
    assert assess(site).phase.answer == "missing; adding it needs code"


def replayed(what, **settings):
    site = judged(bound_call(tools=set_to("list of 2"), loops=1, **settings))
    return with_bound(site, replay=Replay(what, Place("app/chat.py", 12)))


def with_bound(site, **changes):
    bound = replace(site.classified.paired.bound, **changes)
    paired = replace(site.classified.paired, bound=bound)
    return replace(site, classified=replace(site.classified, paired=paired))


def test_items_passed_back_whole_preserve_the_phase():
    site = replayed(Replayed.WHOLE)
    assert answers(site)[6] == "yes"
    assert assess(site).phase.answer == "preserved"
    assert assess(site).phase.evidence[0].endswith("at app/chat.py:12")


def test_text_of_one_answer_passed_back_needs_no_phase():
    assert answers(replayed(Replayed.REBUILT))[6] == "not_applicable"


def test_free_text_that_code_takes_apart_has_no_contract():
    parsed = Parsed(Place("app/chat.py", 12), "json.loads")
    site = with_bound(judged(bound_call()), parsed=(parsed,))
    assert answers(site)[5] == "no"
    assert "json.loads at app/chat.py:12" in assess(site).structured_output.evidence


def test_parser_that_validates_is_a_contract():
    parsed = Parsed(Place("app/chat.py", 12), "Reply.model_validate_json", validates=True)
    assert answers(with_bound(judged(bound_call()), parsed=(parsed,)))[5] == "yes"


def test_function_that_the_model_must_call_is_a_contract():
    assert answers(judged(bound_call(tool_choice=set_to("required"))))[5] == "yes"
    assert answers(judged(bound_call(tool_choice=set_to("auto"))))[5] == "unclear"
