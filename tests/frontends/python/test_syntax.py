"""Newer spellings are read by any Python that runs the tool, each byte where it stands."""

from __future__ import annotations

import ast
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrator.frontends.python._quoted import quoted_in
from migrator.frontends.python._syntax import tree_of

OLDER = pytest.mark.skipif(sys.version_info >= (3, 12), reason="this Python reads it as it is")


@OLDER
@pytest.mark.parametrize(
    ("newer", "older"),
    [
        ("type Name = str\n", "Name      = str\n"),
        ("type Name[T] = list[T]\n", "Name         = list[T]\n"),
        (
            "def first[T: (int, str)](x: T) -> T: ...\n",
            "def first               (x: T) -> T: ...\n",
        ),
        ("async def first[T](x): ...\n", "async def first   (x): ...\n"),
        ("class Box[T: list[int]](Base): ...\n", "class Box              (Base): ...\n"),
        ('x = f"{a["b"]} c"\n', 'x = f"{______} c"\n'),
        ("x = f'{a['b']} {c}'\n", "x = f'{______} {c}'\n"),
        ('x = f"{"\\n".join(a)}"\n', 'x = f"{____________}"\n'),
        ('x = f"{f"{a}"}" + "type X = 1"\n', 'x = f"{______}" + "type X = 1"\n'),
    ],
)
def test_what_is_new_reads_as_an_older_spelling_of_the_same_length(newer, older):
    assert len(newer) == len(older)
    dumped = ast.dump(tree_of(newer.encode()), include_attributes=True)
    assert dumped == ast.dump(ast.parse(older), include_attributes=True)


@OLDER
def test_words_of_strings_and_comments_stay_as_they_are():
    text = 'type A = int\nx = "type B = 1"\n# type C = 2\ny = """\ndef f[T](x): ...\n"""\n'
    values = [
        each.value for each in ast.walk(tree_of(text.encode())) if isinstance(each, ast.Constant)
    ]
    assert values == ["type B = 1", "\ndef f[T](x): ...\n"]


@pytest.mark.parametrize("text", ["type = 1\n", "type(x)\n", "class A: ...\n", "x = y[T](z)\n"])
def test_look_alikes_are_read_as_they_are(text):
    assert ast.dump(tree_of(text.encode())) == ast.dump(ast.parse(text))


@pytest.mark.parametrize("text", ["print 'x'\n", "type A = \n", "def f[T(x): ...\n", 'x = f"{a["'])
def test_what_no_python_reads_is_refused(text):
    with pytest.raises(SyntaxError):
        tree_of(text.encode())


@given(st.text(alphabet="f\"'{}\\#\nax [](=)tye", max_size=60))
def test_scanning_any_text_ends_and_stays_in_order(text):
    content = text.encode()
    ends = [0]
    for each in quoted_in(content):
        assert ends[-1] <= each.start < each.end
        ends.append(each.end)
        assert all(each.start < field.start <= field.end for field in each.fields)
