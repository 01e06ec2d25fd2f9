from __future__ import annotations

import subprocess
import sys

import pytest

from migrator.domain.edit import Splice, apply_splices
from migrator.domain.source import SourceFile
from migrator.frontends.python import FRONT_END


@pytest.fixture
def prove():
    def reason(content: bytes, *pairs: tuple[bytes, bytes]) -> str | None:
        splices = [_splice(content, *pair) for pair in pairs]
        after = apply_splices(content, splices)
        return FRONT_END.prove(SourceFile("a.py", content), splices, after)

    return reason


def _splice(content: bytes, before: bytes, after: bytes) -> Splice:
    start = content.index(before)
    return Splice(start, start + len(before), before, after)


@pytest.mark.parametrize(
    "content",
    [
        b"m = 'gpt-4o'\n",
        b"\xef\xbb\xbfm = 'gpt-4o'\r\nn = 1",
        b"# coding: utf-8\nm = f(a, model=f'{p}/gpt-4o:{x}{{}}', k='o3')  # \xc3\xa9\n",
        b"m = 'o3' 'gpt-4o'\n",
        b"if a:\n\tm = '''\r\n\tgpt-4o and o3\n'''\n",
    ],
)
def test_a_planned_edit_is_proved(prove, content):
    assert prove(content, (b"gpt-4o", b"gpt-5.5")) is None


def test_several_edits_are_proved_together(prove):
    content = b"m = ['gpt-4o', 'gpt-4o o3']\n"
    assert prove(content, (b"'gpt-4o o", b"'gpt-5.5 o"), (b"gpt-4o'", b"gpt-5.5'")) is not None
    assert prove(content, (b"gpt-4o", b"gpt-5.5"), (b"o3", b"gpt-5.5")) is None


def test_bytes_outside_the_splices_are_refused():
    content = b"m = 'gpt-4o'\nn = 1\n"
    splice = _splice(content, b"gpt-4o", b"gpt-5.5")
    reason = FRONT_END.prove(SourceFile("a.py", content), [splice], b"m = 'gpt-5.5'\nn = 2\n")
    assert reason == "bytes outside the planned edits changed"


def test_a_splice_that_does_not_fit_is_refused():
    splice = Splice(5, 11, b"gpt-4x", b"gpt-5.5")
    reason = FRONT_END.prove(SourceFile("a.py", b"m = 'gpt-4o'\n"), [splice], b"m = 'gpt-5.5'\n")
    assert reason == "bytes at 5 are not b'gpt-4x'"


@pytest.mark.parametrize(
    ("content", "before", "after"),
    [
        (b"gpt = 'x'\n", b"gpt", b"cat"),
        (b"m = 1  # gpt-4o\n", b"gpt-4o", b"gpt-5.5"),
        (b"m = b'gpt-4o'\n", b"gpt-4o", b"gpt-5.5"),
        (b"m = f'{d[0]}'\n", b"0", b"1"),
    ],
)
def test_an_edit_outside_string_literals_is_refused(prove, content, before, after):
    reason = "a planned edit is neither inside one string literal nor of one argument"
    assert prove(content, (before, after)) == reason


@pytest.mark.parametrize("after", [b"x' + 'y", b"x', 'y", b"x' 'y"])
def test_an_edit_that_leaves_its_literal_is_refused(prove, after):
    assert "tree changed" in prove(b"m = ['gpt-4o']\n", (b"gpt-4o", after))


def test_an_edit_that_adds_a_field_is_refused(prove):
    assert prove(b"m = f'gpt-4o'\n", (b"gpt-4o", b"{x}")) is not None


@pytest.mark.parametrize(
    ("content", "before", "after", "expected"),
    [
        (b"m = 'gpt-4o'\n", b"gpt-4o", b"it's", "line 1 does not parse"),
        (b"print 'gpt-4o'\n", b"gpt-4o", b"gpt-5.5", "line 1 does not parse"),
        (b"m = 'gpt-4o'\n\x0cn = 1\n", b"gpt-4o", b"gpt-5.5", "byte for byte"),
    ],
)
def test_what_cannot_be_parsed_or_written_back_is_refused(prove, content, before, after, expected):
    assert expected in prove(content, (before, after))


@pytest.mark.parametrize(
    "deep", [b"-" * 100_000 + b"1", b"1" + b" + 1" * 3_000, b"(" * 150 + b")" * 150]
)
def test_absurd_nesting_is_refused_or_proved_but_never_a_crash(prove, deep):
    reason = prove(b"m = 'gpt-4o'\nx = " + deep + b"\n", (b"gpt-4o", b"gpt-5.5"))
    assert reason is None or "deep" in reason


def test_reading_imports_no_libcst():
    code = "import sys, migrator.frontends.python; sys.exit('libcst' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
