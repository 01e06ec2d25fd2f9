from __future__ import annotations

import pickle

import pytest

from migrator.domain.source import Location, SourceFile
from migrator.frontends.python import FRONT_END


def test_a_syntax_error_is_named_with_its_line(reason):
    assert reason(b"x = 1\nprint 'gpt-4o'\n").startswith("not Python 3: line 2: Missing paren")


def test_latin_1_bytes_are_not_guessed(reason):
    assert reason(b"x = 'caf\xe9'\n") == "not UTF-8 and no encoding declared: byte 8"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"# -*- coding: latin-1 -*-\nx = 1\n", "encoded as latin-1, not UTF-8"),
        (b"#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\n", "encoded as cp1252, not UTF-8"),
        (b"# coding: klingon\n", "declares the unknown encoding klingon"),
    ],
)
def test_a_declared_encoding_other_than_utf_8_is_the_reason(reason, content, expected):
    assert reason(content) == expected


@pytest.mark.parametrize(
    "content",
    [
        b"# coding: utf-8\nx = 1\n",
        b"# coding: ascii\nx = 1\n",
        b"\xef\xbb\xbf# coding: UTF-8\n",
        b"x = 1\ny = 2\n# coding: latin-1 on the third line means nothing\n",
        b"",
        b"\x0c\n",
    ],
)
def test_utf_8_is_read_however_declared(read, content):
    assert read(content).language == "python"


def test_a_null_byte_is_a_reason(reason):
    assert reason(b"x = '\0'\n") == "holds a null byte"


@pytest.mark.parametrize(
    "content",
    [
        b"x = " + b"-" * 100_000 + b"1\n",
        b"x = a" + b".b()" * 5_000 + b"\n",
        b"x = " + b"(" * 5_000 + b")" * 5_000 + b"\n",
    ],
)
def test_absurd_nesting_is_a_reason_and_no_crash(reason, content):
    assert "deep" in reason(content) or "too many nested" in reason(content)


def test_a_long_sum_of_strings_is_read(read):
    facts = read("x = " + " + ".join(["'a'"] * 600) + "\n")
    assert len(facts.strings) == 600


def test_a_long_chain_of_elifs_is_read(read):
    text = "if a == 0:\n    pass\n" + "".join(f"elif a == 'm{n}':\n    pass\n" for n in range(300))
    assert len(read(text).strings) == 300


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_every_line_end_of_python_counts_as_one(read, end):
    content = end.join([b"a = 1", b"\x0cb = '\xe2\x80\xa8'", b"c = 'x'"])
    facts = read(content)
    assert [each.at.line for each in facts.strings] == [2, 3]
    assert content[facts.strings[1].at.start :] == b"'x'"


def test_a_byte_order_mark_shifts_offsets_and_no_column(read):
    facts = read(b"\xef\xbb\xbf'x'\n")
    assert facts.strings[0].at == Location(line=1, column=1, start=3, end=6)


def test_columns_count_code_points_and_offsets_bytes(read):
    facts = read("f('\N{SNOWMAN}\N{PILE OF POO}', 'x')\n")
    assert facts.strings[1].at == Location(line=1, column=9, start=13, end=16)


def test_a_tab_is_one_column(read):
    assert read(b"if a:\n\tb = 'x'\n").strings[0].at == Location(2, 6, 11, 14)


@pytest.mark.parametrize(
    ("path", "module"),
    [("app/desk.py", "app.desk"), ("app/__init__.py", "app"), ("desk.py", "desk")],
)
def test_a_module_is_named_by_its_path(read, path, module):
    assert read("", path).module == module


def test_facts_can_be_pickled_and_do_not_depend_on_the_run():
    content = b"class A:\n    def f(self, m='x'):\n        return g(f'{m}!', *a, **k)\n"
    facts = FRONT_END.read(SourceFile("a.py", content))
    assert pickle.loads(pickle.dumps(facts)) == FRONT_END.read(SourceFile("a.py", content))


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("x = a" + ".b('c')" * 200, 200),
        ("x = " + "-" * 250 + "f()", 1),
        ("x = " + "f(" * 95 + "[" * 95 + "]" * 95 + ")" * 95, 95),
        ("x = a" + "[f()]" * 250, 250),
        ("x = " + "a if b else " * 150 + "f()", 1),
    ],
)
def test_deep_expressions_are_read_to_the_end_and_can_be_pickled(read, text, calls):
    facts = read(text)
    assert len(facts.invocations) == calls
    assert pickle.loads(pickle.dumps(facts)) == facts
