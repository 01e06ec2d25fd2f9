from __future__ import annotations

import pytest

from migrator.domain.expression import Name, Scalar, Spread, Text
from migrator.domain.finding import Severity
from migrator.rules.function_tools_on_chat_completions import RULE
from tests.playbooks import CHAT, RESPONSES, playbook
from tests.sites import AT, opaque, sent, sent_as, series, site_of, table, unread

FUNCTION = series(table(type="function"))


def found(tools, effort=None, surface=CHAT):
    settings = {"tools": tools} | ({"reasoning_effort": effort} if effort else {})
    return [(each.rule, each.severity) for each in RULE.check(
        site_of(settings, surface=surface), playbook())]  # fmt: skip


def test_tools_with_an_effort_block():
    assert found(sent_as(FUNCTION), sent("low")) == [("R01", Severity.BLOCKS)]


def test_tools_with_effort_none_are_noted():
    assert found(sent_as(FUNCTION), sent("none")) == [("R02", Severity.NOTES)]


@pytest.mark.parametrize("effort", [None, unread(), sent_as(Text(AT, "none"), Scalar(AT, None))])
def test_tools_without_a_certain_effort_are_unsettled(effort):
    assert found(sent_as(FUNCTION), effort) == [("R03", Severity.UNSETTLED)]


def test_unread_tools_with_an_effort_are_unsettled():
    assert found(sent_as(opaque()), sent("low")) == [("R03", Severity.UNSETTLED)]


def test_list_taken_in_from_elsewhere_is_unsettled():
    more = series(Spread(AT, Name(AT, "tools")))
    assert found(sent_as(more), sent("low")) == [("R03", Severity.UNSETTLED)]


def test_item_that_is_no_literal_counts_as_a_function():
    assert found(sent_as(series(Name(AT, "search"))), sent("low")) == [("R01", Severity.BLOCKS)]


@pytest.mark.parametrize(
    "tools", [sent(None), sent_as(series()), sent_as(series(table(type="custom")))]
)
def test_no_function_tool_is_silent(tools):
    assert not found(tools, sent("low"))


def test_tools_on_responses_are_silent():
    assert not found(sent_as(FUNCTION), sent("low"), RESPONSES)


def test_old_functions_count_as_well():
    site = site_of({"functions": sent_as(FUNCTION)}, surface=CHAT)
    assert [each.rule for each in RULE.check(site, playbook())] == ["R03"]
