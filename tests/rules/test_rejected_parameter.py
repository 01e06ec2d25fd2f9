from __future__ import annotations

import pytest

from migrator.domain.expression import Call, Keyword, Member, Name, Scalar, Text
from migrator.domain.facts import Invocation
from migrator.domain.finding import Severity
from migrator.domain.remedy import Remedy, RemedyKind
from migrator.domain.site import Setting, SettingState
from migrator.domain.source import Location, Place
from migrator.domain.surface import Surface
from migrator.domain.trail import Found, Frame, Hop, HopKind
from migrator.rules.rejected_parameter import RULE
from tests.playbooks import CHAT, fact, playbook
from tests.sites import AT, PATH, opaque, sent, sent_as, series, site_of, table, unread

TEMPERATURE = fact("temperature", defaults=(1,), unless_effort=("none",))
STOP = fact("stop", "R15")
EFFORT = fact("reasoning.effort", "R05", values=("minimal",))


def found(settings, *facts, **changes):
    return list(RULE.check(site_of(settings, **changes), playbook(*(facts or (TEMPERATURE,)))))


def test_rejected_value_blocks_with_the_facts_own_words():
    (only,) = found({"temperature": sent(0.2, line=7)})
    assert (only.rule, only.severity, only.at.line) == ("R12", Severity.BLOCKS, 7)
    assert only.size == TEMPERATURE.size
    assert only.source == TEMPERATURE.source


@pytest.mark.parametrize("value", [1, 1.0, None])
def test_default_or_none_is_silent(value):
    assert not found({"temperature": sent(value)})


def test_not_given_is_silent():
    given = Member(AT, Name(AT, "openai"), "NOT_GIVEN")
    assert not found({"temperature": sent_as(given)})


def test_exempting_effort_is_noted_and_no_more():
    (only,) = found({"temperature": sent(0.2), "reasoning.effort": sent("none")})
    assert only.severity is Severity.NOTES
    assert not found({"temperature": sent(1), "reasoning.effort": sent("none")})


def test_other_effort_blocks():
    (only,) = found({"temperature": sent(0.2), "reasoning.effort": sent("low")})
    assert only.severity is Severity.BLOCKS


def test_effort_that_may_exempt_leaves_it_unsettled():
    (only,) = found({"temperature": sent(0.2), "reasoning.effort": unread()})
    assert only.severity is Severity.UNSETTLED
    assert "effort" in only.message


def test_effort_none_on_one_path_alone_does_not_exempt():
    maybe = sent_as(Text(AT, "none"), Scalar(AT, None))
    (only,) = found({"temperature": sent(0.2), "reasoning.effort": maybe})
    assert only.severity is Severity.BLOCKS


def test_one_rejected_value_of_several_blocks():
    (only,) = found({"temperature": sent_as(Scalar(AT, 1), Scalar(AT, 0.7))})
    assert only.severity is Severity.BLOCKS


@pytest.mark.parametrize("setting", [unread(), sent_as(opaque()), sent_as(Scalar(AT, 1), opaque())])
def test_sent_but_unread_is_unsettled(setting):
    (only,) = found({"temperature": setting})
    assert (only.rule, only.severity) == ("R12", Severity.UNSETTLED)


def test_unread_value_of_a_mere_warning_is_silent():
    mild = fact("temperature", severity=Severity.WARNS)
    assert not found({"temperature": unread()}, mild)


def test_value_that_an_unseen_table_may_bring_is_left_to_another_rule():
    assert not found({"temperature": unread()}, hidden=("temperature",))


def test_listed_value_blocks_and_another_is_silent():
    assert found({"reasoning.effort": sent("minimal")}, EFFORT)
    assert not found({"reasoning.effort": sent("low")}, EFFORT)


def test_two_facts_on_one_unread_setting_make_one_finding():
    both = (EFFORT, fact("reasoning.effort", "R06", values=("max",)))
    assert len(found({"reasoning.effort": unread()}, *both)) == 1


def test_any_list_counts_where_any_value_does():
    (only,) = found({"stop": sent_as(series(Text(AT, "\n")))}, STOP)
    assert only.severity is Severity.BLOCKS


def test_listed_member_of_a_list_blocks_and_another_is_silent():
    include = fact("include", "R13", values=("logprobs",))
    assert found({"include": sent_as(series(Text(AT, "logprobs")))}, include)
    assert not found({"include": sent_as(series(Text(AT, "sources")))}, include)


def test_fact_of_another_surface_is_silent():
    responses_alone = fact("temperature", surfaces=("responses",))
    assert found({"temperature": sent(0.2)}, responses_alone)
    assert not found({"temperature": sent(0.2)}, responses_alone, surface=CHAT)


def test_value_outside_of_what_is_accepted_blocks():
    effort = fact("reasoning.effort", "R51", accepts=("none", "low"))
    assert found({"reasoning.effort": sent("turbo")}, effort)
    assert not found({"reasoning.effort": sent("low")}, effort)
    assert not found({"reasoning.effort": unread()}, effort)


@pytest.mark.parametrize(("value", "fires"), [(15, True), (16, False), (True, False)])
def test_number_under_the_least_blocks(value, fires):
    cap = fact("max_output_tokens", "R57", under=16)
    assert bool(found({"max_output_tokens": sent(value)}, cap)) is fires


@pytest.mark.parametrize(("value", "fires"), [(9, True), (8, False)])
def test_number_over_the_most_blocks(value, fires):
    assert bool(found({"n": sent(value)}, fact("n", "R57", over=8))) is fires


def test_list_that_holds_a_certain_table_blocks_and_another_is_silent():
    ended = fact("tools", "R52", holds={"type": "computer_use_preview"})
    assert found({"tools": sent_as(series(table(type="computer_use_preview")))}, ended)
    assert not found({"tools": sent_as(series(table(type="web_search")))}, ended)
    assert not found({"tools": unread()}, ended)


def test_remedies_speak_of_the_settings_of_the_call():
    drop, none = Remedy(do=RemedyKind.DROP), Remedy(do=RemedyKind.EFFORT, by="none")
    (only,) = found({"temperature": sent(0.2)}, fact("temperature", remedies=(drop, none)))
    assert only.remedies == (
        Remedy(do=RemedyKind.DROP, setting="temperature"),
        Remedy(do=RemedyKind.EFFORT, setting="reasoning.effort", by="none"),
    )


def test_remedy_that_the_surface_has_no_word_for_is_left_out():
    own = Surface(
        id="agent", library="own", label="Agent", sends="responses", named={"max_tokens": "cap"}
    )
    rename = Remedy(do=RemedyKind.RENAME, to="max_output_tokens")
    cap = fact("max_tokens", "R11", surfaces=("responses",), remedies=(rename,))
    (only,) = found({"cap": sent(400)}, cap, surface=own)
    assert only.remedies == ()


def test_unsure_finding_has_the_remedies_that_hold_for_any_value():
    drop, low = Remedy(do=RemedyKind.DROP), Remedy(do=RemedyKind.REPLACE, by="low")
    (only,) = found({"temperature": unread()}, fact("temperature", remedies=(drop, low)))
    assert only.remedies == (Remedy(do=RemedyKind.DROP, setting="temperature"),)


def test_value_from_a_configuration_file_names_the_key_and_that_no_code_changes():
    key = Hop(Place("llm.yaml", 4), HopKind.CONFIG_KEY, detail="temperature")
    end = Found(Scalar(Location(4, 16, 60, 63), 0.2), Frame("llm.yaml", ""), (key,))
    setting = Setting(state=SettingState.EXPLICIT, value=0.2, at=Place(PATH, 7), ends=(end,))
    (only,) = found({"temperature": setting})
    assert only.severity is Severity.BLOCKS
    assert only.follow_up.endswith("It is set as `temperature` in llm.yaml:4: no code changes.")
    assert (only.at, only.root) == (Place(PATH, 7), Place("llm.yaml", 4, 16))


def test_another_host_may_not_pass_it_on():
    (only,) = found({"temperature": sent(0.2)}, client={"base_url": sent("https://openrouter.ai")})
    assert (only.severity, only.size, only.remedies) == (Severity.UNSETTLED, None, ())
    home = {"base_url": sent("https://api.openai.com/v1")}
    (at_home,) = found({"temperature": sent(0.2)}, client=home)
    assert at_home.severity is Severity.BLOCKS


def test_host_that_cannot_be_read_is_taken_for_openai():
    (only,) = found({"temperature": sent(0.2)}, client={"base_url": unread("LLM_URL")})
    assert only.severity is Severity.BLOCKS


def test_odd_value_beside_a_fine_one_is_taken_for_one_that_is_never_sent():
    effort = fact("reasoning.effort", "R51", accepts=("none", "low"))
    assert not found({"reasoning.effort": sent_as(Text(AT, "auto"), Text(AT, "low"))}, effort)
    assert found({"reasoning.effort": sent_as(Text(AT, "auto"), Text(AT, "turbo"))}, effort)


def test_what_no_model_takes_blocks_only_where_the_call_writes_it():
    odd = fact("n", "R50", any_model=True)
    (only,) = found({"n": sent(3)}, odd)
    assert only.severity is Severity.UNSETTLED
    call = Call(AT, Name(AT, "create"), (), (Keyword("n", Scalar(AT, 3)),))
    (written,) = found({"n": sent(3)}, odd, invocation=Invocation(call, ""))
    assert written.severity is Severity.BLOCKS


def test_value_of_a_configuration_file_for_a_parameter_that_the_code_names_stays_in_the_request():
    key = Hop(Place("llm.yaml", 4), HopKind.CONFIG_KEY, detail="temperature")
    end = Found(Scalar(Location(4, 16, 60, 63), 0.2), Frame("llm.yaml", ""), (key,))
    setting = Setting(state=SettingState.EXPLICIT, value=0.2, at=Place(PATH, 7), ends=(end,))
    named = Invocation(
        call=Call(AT, Name(AT, "create"), (), (Keyword("temperature", Name(AT, "t")),)), scope=""
    )
    (only,) = found({"temperature": setting}, invocation=named)
    assert only.follow_up.startswith("Set `temperature` in llm.yaml:4 to 1")
    cap = fact("temperature", "R10")
    (only,) = found({"temperature": setting}, cap, invocation=named)
    assert "no code changes" not in only.follow_up
