from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrator.domain.frontend import FrontEnd
from migrator.stages.carry_out import Unproved, Written, carry_out
from tests.plans import edit

BASE = "# née\r\na='gpt-4o'\r\n\tb=\"gpt-4o-mini\"".encode()
ONE = edit(BASE, "gpt-4o")
TWO = edit(BASE, "gpt-4o-mini", group="g2")


def front_end(prove, suffix=".py"):
    return FrontEnd("python", (suffix,), None, None, prove)


def test_only_the_planned_bytes_change():
    (written,) = carry_out([ONE, TWO], {"app.py": BASE}, [], []).values()
    assert written.after == BASE.replace(b"gpt-4o'", b"gpt-5.5'").replace(
        b"gpt-4o-mini", b"gpt-5.5"
    )


def test_earlier_edits_are_there_before_and_after():
    (written,) = carry_out([TWO], {"app.py": BASE}, [ONE], []).values()
    assert written.before == BASE.replace(b"gpt-4o'", b"gpt-5.5'")
    assert b"gpt-4o" not in written.after


def test_other_bytes_at_the_place_are_refused():
    found = carry_out([replace(ONE, start=0, end=6)], {"app.py": BASE}, [], [])
    assert isinstance(found, Unproved)
    assert "app.py" in found.reason


@pytest.mark.parametrize(
    ("edits", "base"),
    [
        ([ONE], {}),
        ([replace(ONE, after=ONE.before)], {"app.py": BASE}),
        ([ONE, ONE], {"app.py": BASE}),
    ],
)
def test_missing_file_no_change_and_overlap_are_refused(edits, base):
    assert isinstance(carry_out(edits, base, [], []), Unproved)


def test_front_end_of_the_suffix_has_the_last_word():
    never = front_end(lambda source, splices, after: "the tree differs")
    assert carry_out([ONE], {"app.py": BASE}, [], [never]) == Unproved("app.py: the tree differs")
    other = front_end(never.prove, ".ts")
    assert carry_out([ONE], {"app.py": BASE}, [], [other])["app.py"].before == BASE


def test_front_end_proves_all_edits_so_far_against_the_base():
    seen = []
    carry_out(
        [TWO], {"app.py": BASE}, [ONE],
        [front_end(lambda source, splices, after: seen.append((source.content, len(splices))))],
    )  # fmt: skip
    assert seen == [(BASE, 2)]


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_bytes_around_an_edit_are_kept_whatever_they_are(head, tail):
    base = head + b"gpt-4o" + tail
    one = replace(ONE, start=len(head), end=len(head) + 6)
    found = carry_out([one], {"app.py": base}, [], [])
    assert found == {"app.py": Written(base, head + b"gpt-5.5" + tail)}
