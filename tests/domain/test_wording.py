"""Counts, lists and foreign text read the same in every report."""

from __future__ import annotations

import pytest

from migrator.domain.wording import agrees, listed, plural, printable


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 sites"), (1, "1 site"), (2, "2 sites"), (11, "11 sites")]
)
def test_a_noun_agrees_with_its_count(count, text):
    assert plural(count, "site") == text


def test_a_noun_may_have_a_plural_of_its_own():
    assert (plural(1, "entry", "entries"), plural(2, "entry", "entries")) == (
        "1 entry",
        "2 entries",
    )


def test_a_verb_agrees_with_its_count():
    assert [agrees(count, "sets", "set") for count in (0, 1, 2)] == ["set", "sets", "set"]


@pytest.mark.parametrize(
    ("items", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a, b"), (["a", "b", "c", "d"], "a, b and 2 more")],
)
def test_a_list_counts_what_it_does_not_show(items, text):
    assert listed(items, 2) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain ü 漢", "plain ü 漢"),
        ("a\x1b[0m\n", "a\\x1b[0m\\n"),
        ("a\u202eb\udce9", "a\\u202eb\\udce9"),
    ],
)
def test_characters_that_steer_or_hide_are_written_out(text, shown):
    assert printable(text) == shown
