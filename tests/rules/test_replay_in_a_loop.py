from __future__ import annotations

import pytest

from migrator.domain.expression import Text
from migrator.domain.finding import Severity
from migrator.domain.replay import Replay, Replayed
from migrator.domain.source import Place
from migrator.rules.replay_in_a_loop import RULE
from tests.playbooks import playbook
from tests.sites import AT, bound_call, bound_site, classified, reference, sent, sent_as, series
from tests.sites import table as tool

TOOLS = sent_as(series(tool(type="function")))
LOOP = {"loop": "around the call"}


def found(what=None, model="gpt-4.1", *, traits=LOOP, **settings):
    call = bound_call({"tools": TOOLS} | settings)
    replay = None if what is None else Replay(what, Place("app/desk.py", 12))
    site = classified(bound_site(call, reference(model), replay=replay), traits=traits)
    return [(each.rule, each.severity) for each in RULE.check(site, playbook())]


@pytest.mark.parametrize(
    ("what", "told"),
    [
        (None, [("R22", Severity.UNSETTLED)]),
        (Replayed.WHOLE, []),
        (Replayed.FILTERED, [("R20", Severity.BLOCKS)]),
        (Replayed.REBUILT, [("R22", Severity.BLOCKS)]),
    ],
)
def test_what_is_passed_back_decides(what, told):
    assert found(what) == told


def test_without_loop_and_replay_nothing_is_said():
    assert found(traits={}) == []


def test_model_that_reasons_was_served_so_the_filter_is_in_doubt():
    assert found(Replayed.FILTERED, model="gpt-5") == [("R20", Severity.UNSETTLED)]


@pytest.mark.parametrize("what", [None, *Replayed])
def test_state_at_the_vendor_or_no_tools_is_silent(what):
    assert found(what, previous_response_id=sent("resp_1")) == []
    assert found(what, tools=sent(None)) == []


def test_items_that_are_neither_stored_nor_encrypted_are_in_doubt():
    encrypted = sent_as(series(Text(AT, "reasoning.encrypted_content")))
    assert found(Replayed.WHOLE, store=sent(False)) == [("R20", Severity.UNSETTLED)]
    assert found(Replayed.WHOLE, store=sent(False), include=encrypted) == []
    assert found(Replayed.WHOLE, store=sent(True)) == []
