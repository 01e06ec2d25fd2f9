from __future__ import annotations

from dataclasses import replace

from migrator.domain.expression import Call, Join, Name, Scalar, Text
from migrator.domain.sent import effort, members, possible
from migrator.domain.site import ABSENT
from tests.sites import AT, bound_call, opaque, sent, sent_as, series, unread


def test_absent_sends_nothing():
    found = possible(ABSENT)
    assert (found.nothing, found.sends, found.unread) == (True, False, False)


def test_unresolved_may_be_anything():
    found = possible(unread())
    assert (found.sends, found.unread, found.may_be(("none",))) == (False, True, True)


def test_every_path_gives_a_value():
    found = possible(sent_as(Text(AT, "none"), Text(AT, "low"), Scalar(AT, None)))
    assert found.literals == ("none", "low")
    assert found.nothing
    assert not found.always(("none",))


def test_always_means_on_every_path():
    assert possible(sent("none")).always(("none",))
    assert not possible(sent_as(Text(AT, "none"), opaque())).always(("none",))


def test_lost_path_beside_a_literal_is_unread():
    assert possible(replace(sent("none"), value=None)).unread
    assert not possible(sent("none")).unread


def test_joined_text_and_conversions_are_values_of_some_kind():
    number = Call(AT, Name(AT, "int"), (opaque(),), ())
    assert possible(sent_as(Join(AT, ()), number)).sends
    assert not possible(sent_as(Call(AT, Name(AT, "load"), (), ()))).sends


def test_effort_is_the_one_of_the_surface():
    assert effort(bound_call({"reasoning.effort": sent("low")})).literals == ("low",)
    assert effort(bound_call({"reasoning_effort": sent("low")})).nothing


def test_members_of_a_list_are_read_only_all_together():
    assert members(series(Text(AT, "a"), Scalar(AT, 1))) == ("a", 1)
    assert members(series(Text(AT, "a"), opaque())) is None
