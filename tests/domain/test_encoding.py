"""Plans are written as JSON by one encoder, byte for byte the same for equal input."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrator.domain.encoding import encode
from migrator.domain.site import Outcome

LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
)


@dataclass(frozen=True, slots=True)
class Pair:
    second: object
    first: object


@given(VALUES)
def test_the_text_is_what_the_standard_library_writes(value):
    assert encode(value) == json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def test_keys_keep_the_order_of_the_fields():
    assert encode(Pair((1,), {})) == '{\n  "second": [\n    1\n  ],\n  "first": {}\n}\n'


def test_a_word_of_a_closed_list_is_its_value():
    assert encode(Outcome.BLOCKED) == '"blocked"\n'
    assert encode({Outcome.BLOCKED: 1}) == '{\n  "blocked": 1\n}\n'


def test_a_path_that_is_not_utf8_can_be_written_and_comes_back():
    path = b"caf\xe9.py".decode("utf-8", "surrogateescape")
    text = encode(path)
    assert text.encode("utf-8")
    assert json.loads(text) == path


@pytest.mark.parametrize("value", [{1}, b"x", Pair, object()])
def test_what_has_no_place_in_a_plan_is_refused(value):
    with pytest.raises(TypeError, match="cannot be written as JSON"):
        encode(value)
