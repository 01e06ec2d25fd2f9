from __future__ import annotations

import pytest

from migrator.domain.config import Config, Decide, Decision, Role
from migrator.domain.finding import Severity
from migrator.domain.prompt import PromptKind, Speaker
from migrator.domain.site import Ask, Hold, Outcome
from migrator.domain.trail import Confidence
from migrator.stages.decide import decide
from tests.playbooks import playbook
from tests.sites import (
    bound_call,
    bound_site,
    classified,
    finding,
    hop,
    judged,
    prompt,
    reference,
    sent,
    unread,
    wordless,
)

BLOCKS, UNSETTLED = finding(Severity.BLOCKS), finding(Severity.UNSETTLED, "R33")
PIN = Decision(on="s1", decide=Decide.PIN, reason="contract")
CONFIRM = Decision(on="s1", decide=Decide.CONFIRM, reason="checked")


def site(model="gpt-5.4", *, settings=None, ref=None, prompts=None, **given):
    bound = bound_site(bound_call(settings), ref or reference(model))
    return classified(bound, prompts, **given)


def decided(classified_site, *findings, config=None):
    return decide(judged(classified_site, *findings), playbook(), config or Config())


PRECEDENCE = [
    ("target before pin", site("gpt-5.5", decision=PIN), (BLOCKS,), Outcome.NO_CHANGE),
    ("newer before blocked", site("gpt-6-sol"), (BLOCKS,), Outcome.NO_CHANGE),
    ("pin before confirmation", site("gpt-5.4-mini", decision=PIN), (), Outcome.NO_CHANGE),
    ("tier before blocked", site("gpt-5.4-mini"), (BLOCKS,), Outcome.CONFIRMATION_NEEDED),
    ("role before unknown", site(role=Role.TEST), (UNSETTLED,), Outcome.CONFIRMATION_NEEDED),
    ("blocked before unknown", site(), (UNSETTLED, BLOCKS), Outcome.BLOCKED),
    ("unknown before string only", site(), (UNSETTLED,), Outcome.UNKNOWN),
    ("string only before light", site(), (finding(Severity.WARNS),), Outcome.STRING_ONLY),
    ("light for another family", site("gpt-4.1"), (), Outcome.LIGHT_REWRITE),
    ("light for a risk", site(), (finding(Severity.RISK),), Outcome.LIGHT_REWRITE),
]


@pytest.mark.parametrize(
    ("one", "findings", "outcome"),
    [row[1:] for row in PRECEDENCE],
    ids=[row[0] for row in PRECEDENCE],
)
def test_first_that_holds_wins(one, findings, outcome):
    found = decided(one, *findings)
    assert found.outcome is outcome
    assert found.why
    assert found.clause


@pytest.mark.parametrize(
    ("one", "ask", "hold"),
    [
        (site("gpt-5.4-mini"), Ask.SMALL, Hold.HOLDS),
        (site("gpt-5.4-pro"), Ask.PRO, Hold.HOLDS),
        (site("gpt-5.4-2026-03-05"), Ask.SNAPSHOT, Hold.HOLDS),
        (site("chatgpt-4o-latest"), Ask.ALIAS, Hold.HOLDS),
        (site(role=Role.FALLBACK), Ask.FALLBACK, Hold.HOLDS),
        (classified(bound_site(None, reference())), Ask.UNBOUND, Hold.HOLDS),
        (site(role=Role.TEST), Ask.TEST, Hold.FOLLOWS),
        (site(role=Role.EXAMPLE), Ask.EXAMPLE, Hold.FOLLOWS),
        (site(role=Role.COMPARISON), Ask.COMPARISON, Hold.FOLLOWS),
    ],
)
def test_question_tells_whether_it_holds(one, ask, hold):
    found = decided(one)
    assert (found.outcome, found.asks, found.hold) == (Outcome.CONFIRMATION_NEEDED, (ask,), hold)


def test_role_beside_a_small_tier_holds():
    found = decided(site("gpt-5.4-mini", role=Role.TEST))
    assert found.asks == (Ask.TEST, Ask.SMALL)
    assert found.hold is Hold.HOLDS


@pytest.mark.parametrize(
    ("findings", "below"), [((), Outcome.STRING_ONLY), ((BLOCKS,), Outcome.BLOCKED)]
)
def test_question_says_what_a_yes_would_give(findings, below):
    assert decided(site("gpt-5.4-mini"), *findings).if_confirmed is below


@pytest.mark.parametrize(
    ("confirm", "outcome"),
    [
        (("small",), Outcome.STRING_ONLY),
        (("all",), Outcome.STRING_ONLY),
        (("test",), Outcome.CONFIRMATION_NEEDED),
    ],
)
def test_named_reason_is_lifted(confirm, outcome):
    assert decided(site("gpt-5.4-mini"), config=Config(confirm=confirm)).outcome is outcome


@pytest.mark.parametrize(("confirm", "asks"), [(("all",), (Ask.UNBOUND,)), (("unbound",), ())])
def test_unbound_has_to_be_named(confirm, asks):
    unbound = classified(bound_site(None, reference()))
    assert decided(unbound, config=Config(confirm=confirm)).asks == asks


@pytest.mark.parametrize(("on", "asks"), [("s1", ()), ("gpt-5.4", (Ask.UNBOUND,))])
def test_decision_lifts_unbound_only_for_the_very_site(on, asks):
    decision = Decision(on=on, decide=Decide.CONFIRM, reason="checked")
    unbound = classified(bound_site(None, reference()), decision=decision)
    assert decided(unbound).asks == asks


def test_all_does_not_lift_a_test_that_asserts_the_id():
    one = site(role=Role.TEST, traits={"asserts_id": "yes"})
    assert decided(one, config=Config(confirm=("all",))).asks == (Ask.TEST,)
    assert decided(one, config=Config(confirm=("test",))).asks == ()


def test_finding_that_asks_needs_a_decision():
    asking = finding(Severity.ASKS)
    assert decided(site(), asking).outcome is Outcome.CONFIRMATION_NEEDED
    assert decided(site(), asking).hold is Hold.HOLDS
    assert decided(site(decision=CONFIRM), asking).outcome is Outcome.STRING_ONLY


@pytest.mark.parametrize(
    ("sources", "hold"), [(("gpt-4.1",), Hold.HOLDS), (("gpt-5.4",), Hold.MOVES)]
)
def test_source_not_asked_for_stays_and_holds(sources, hold):
    assert decided(site(), config=Config(sources=sources)).hold is hold


def test_family_is_a_source_as_well():
    assert decided(site("gpt-5.4-2026-03-05"), config=Config(sources=("gpt-5.4",))).asks


def test_likely_path_keeps_its_outcome_and_holds_until_confirmed():
    likely = reference(via=(hop(confidence=Confidence.LIKELY),))
    found = decided(site(ref=likely))
    assert (found.outcome, found.hold) == (Outcome.STRING_ONLY, Hold.HOLDS)
    assert decided(site(ref=likely, decision=CONFIRM)).hold is Hold.MOVES


def test_likely_call_holds():
    call = bound_call(confidence=Confidence.LIKELY)
    assert decided(classified(bound_site(call, reference()))).hold is Hold.HOLDS


def test_id_out_of_reach_of_any_edit_holds_even_confirmed():
    assert decided(site(ref=reference(at=None), decision=CONFIRM)).hold is Hold.HOLDS


def test_unknown_without_a_reference_reports():
    lost = classified(bound_site(bound_call(), unresolved="from a database"))
    found = decided(lost, UNSETTLED)
    assert (found.outcome, found.hold) == (Outcome.UNKNOWN, Hold.REPORTS)


def test_role_question_without_a_reference_reports():
    lost = classified(bound_site(bound_call(), unresolved="from a database"), role=Role.TEST)
    assert decided(lost, UNSETTLED).hold is Hold.REPORTS


LONG = "Summarise the ticket in one sentence. " * 30
CAREFUL = [
    ("long", {"prompts": (prompt(LONG),)}),
    ("many lines", {"prompts": (prompt("Summarise the ticket in one line.\n" * 13),)}),
    ("no task", {"prompts": (prompt("A ticket, one sentence."),)}),
    ("no output", {"prompts": (prompt("Summarise the ticket please."),)}),
    ("open role", {"prompts": (prompt("You are an agent. Reply with one sentence."),)}),
    ("strict format", {"prompts": (prompt("Extract the names and return JSON only."),)}),
    ("no words", {"prompts": (wordless(PromptKind.RUNTIME),)}),
    ("instructions of the caller", {
        "prompts": (prompt(), wordless(PromptKind.RUNTIME, speaker=Speaker.SYSTEM))}),
    ("likely prompt", {"prompts": (prompt(confidence=Confidence.LIKELY),)}),
    ("loop", {"traits": {"loop": "around the call"}}),
    ("tools", {"settings": {"tools": unread()}}),
    ("output format", {"settings": {"text.format": sent("json")}}),
    ("state", {"settings": {"previous_response_id": unread()}}),
]  # fmt: skip


@pytest.mark.parametrize("given", [row[1] for row in CAREFUL], ids=[row[0] for row in CAREFUL])
def test_doubt_about_the_prompt_or_the_workflow_is_light(given):
    found = decided(site(**given))
    assert (found.outcome, found.hold) == (Outcome.LIGHT_REWRITE, Hold.MOVES)


def test_short_prompt_beside_text_of_the_caller_is_string_only():
    parts = (prompt(), wordless(PromptKind.RUNTIME))
    assert decided(site(prompts=parts)).outcome is Outcome.STRING_ONLY


def test_setting_of_none_is_no_strict_format():
    one = site(settings={"text.format": sent(None), "tools": sent(None)})
    assert decided(one).outcome is Outcome.STRING_ONLY
