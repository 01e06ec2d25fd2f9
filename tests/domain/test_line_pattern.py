"""An anchored pattern goes to rare characters first and finds the very same lines."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.domain.line_pattern import Shaped, shaped_pattern
from migrator.playbook import load_playbook
from tests.playbooks import TARGET

GRAMMAR = load_playbook(TARGET).catalogue.grammar
START = "(?<![a-z])"


@pytest.mark.parametrize(
    ("shape", "anchored"),
    [
        ("gpt-[0-9]", r"-(?<=[t]-)(?:(?<=(?<![a-z])gpt-)(?:[0-9]))"),
        ("o1-mini", r"-(?<=[1]-)(?:(?<=(?<![a-z])o1-)(?:mini))"),
        ("o3", r"3(?<=[o]3)(?:(?<=(?<![a-z])o3)(?:))"),
        ("llama[234]", r"[234](?<=[a][234])(?:(?<=(?<![a-z])llama[234])(?:))"),
        (r"meta\.x", r"\.(?<=[a]\.)(?:(?<=(?<![a-z])meta\.)(?:x))"),
        (
            "phi-?4",
            r"4(?<=[i]4)(?:(?<=(?<![a-z])phi4)(?:))|-(?<=[i]-)(?:(?<=(?<![a-z])phi-)(?:4))",
        ),
        ("yi-?", "(?<![a-z])(?:yi-?)"),
        ("desk", "(?<![a-z])(?:desk)"),
        ("(?:a|b)-c", "(?<![a-z])(?:(?:a|b)-c)"),
        ("a-+b", "(?<![a-z])(?:a-+b)"),
    ],
)
def test_a_shape_is_cut_at_its_first_character_that_is_no_letter(shape, anchored):
    assert shaped_pattern([Shaped(START, shape)]).anchored == anchored


def test_shapes_with_the_same_mark_and_head_are_looked_for_together():
    found = shaped_pattern([Shaped(START, "gpt-4"), Shaped(START, "gpt-5"), Shaped(START, "o1-x")])
    assert found.plain == "(?<![a-z])(?:gpt-4|gpt-5|o1-x)"
    assert found.anchored == ("-(?<=[1t]-)(?:(?<=(?<![a-z])gpt-)(?:4|5)|(?<=(?<![a-z])o1-)(?:x))")


def test_what_has_to_stand_around_a_shape_stays_around_it():
    pattern = shaped_pattern([Shaped("['\"]", "o1", "['\"]")]).anchored
    lines = ["'o1'", "o1", "'o1", "x'o1'", "'o1-mini'"]
    assert [line for line in lines if re.search(pattern, line)] == ["'o1'", "x'o1'"]


def test_no_shape_finds_nothing():
    assert re.search(shaped_pattern([]).anchored, "gpt-4o") is None


PIECES = st.sampled_from(
    ["gpt", "-", "4", "4o", "o1", "o3", "chat", "latest", "llama", "3", "phi", ".5", "claude"]
)
MARKS = st.sampled_from(['"', "'", "\\n", "\\", "x", " ", ":", "online", "/", "meta.", "qwen", "é"])


@settings(max_examples=500, deadline=None)
@given(st.lists(PIECES | MARKS, max_size=12).map("".join))
def test_both_forms_of_the_ids_match_on_the_same_lines(line):
    pattern = GRAMMAR.pattern(["-ai/", "nai:"])
    plain, anchored = (re.search(each, line) for each in (pattern.plain, pattern.anchored))
    assert (plain is None) == (anchored is None)
