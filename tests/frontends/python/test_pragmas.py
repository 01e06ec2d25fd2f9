from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("# migrate: ignore -- a price table", ("ignore", "", "a price table")),
        ("#migrate:pin--contract until May ", ("pin", "", "contract until May")),
        ("# migrate: accept[R10] -- measured", ("accept", "R10", "measured")),
        ("# noqa # migrate: pin -- x", ("pin", "", "x")),
        ("# migrate: ignore", ("ignore", "", "")),
    ],
)
def test_a_pragma_is_read_from_its_comment(read, comment, expected):
    found = read(f"m = 'gpt-4o'  {comment}\n").pragmas
    assert [(each.verb, each.rule, each.reason) for each in found] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "m = '# migrate: ignore -- x'\n",
        "'''\n# migrate: ignore -- x\n'''\n",
        "# migrate: everything soon\n",
        "# we migrate: ignore nothing\n",
        "# migrate: pinned -- x\n",
    ],
)
def test_other_texts_are_no_pragma(read, text):
    assert read(text).pragmas == ()


def test_a_pragma_speaks_of_its_own_line_or_the_next_code(read):
    facts = read("""\
        a = 1  # migrate: pin -- here
        f(
            # migrate: ignore -- below

            # another comment
            model="gpt-4o",
        )
        # migrate: pin -- nothing follows
    """)
    assert [(each.at.line, each.target_line) for each in facts.pragmas] == [(1, 1), (3, 6), (8, 8)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_pragma_is_placed_by_bytes(read, end):
    text = f"\ufeffé = 'ü'  # é # migrate: pin -- x{end}y = 1{end}"
    pragma = read(text.encode()).pragmas[0]
    assert text.encode()[pragma.at.start : pragma.at.end] == b"# migrate: pin -- x"
    assert (pragma.at.line, pragma.at.column) == (1, 14)
