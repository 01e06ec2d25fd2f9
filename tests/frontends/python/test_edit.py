from __future__ import annotations

import pytest

from migrator.domain.edit import ReplaceModel, Splice
from migrator.domain.source import Location, SourceFile
from migrator.frontends.python import FRONT_END


@pytest.fixture
def lower():
    def splice(content: bytes, before: str = "gpt-4o", skip: int = 0) -> Splice | None:
        start = -1
        for _ in range(skip + 1):
            start = content.index(before.encode(), start + 1)
        at = Location(1, 1, start, start + len(before))
        change = ReplaceModel("a.py", at, before, "gpt-5.5")
        return FRONT_END.lower(SourceFile("a.py", content), change)

    return splice


@pytest.mark.parametrize(
    "content",
    [
        b"m = 'gpt-4o'\n",
        b"\xef\xbb\xbfm = 'gpt-4o'\r\n",
        b"m = f'openai/gpt-4o:{x}'\n",
        b"m = f'{x!r:>{w}}{{gpt-4o}}'\n",
        b"m = ('a'\n  # b\n  'gpt-4o' f'{c}')\n",
        b"m = r'\\gpt-4o'\n",
        b"m = '\\tgpt-4o\\n'\n",
        b"m = '''\n'gpt-4o'\n'''\n",
        b"@d('gpt-4o')\ndef f(): ...\n",
        b"m = f(['x',\n       {'m': u'gpt-4o'}])\n",
    ],
)
def test_an_id_inside_one_literal_is_replaced_alone(lower, content):
    start = content.index(b"gpt-4o")
    assert lower(content) == Splice(start, start + 6, b"gpt-4o", b"gpt-5.5")


@pytest.mark.parametrize(
    "content",
    [
        b"x = 1  # gpt-4o\n",
        b"m = b'gpt-4o'\n",
        b"m = f'{f(\"gpt-4o\")}'\n",
        b"m = '\\N{gpt-4o}'\n",
        b"print 'gpt-4o'\n",
        b"m = 'gpt-4o'\n" + b"(" * 500,
        b"m = 'caf\xe9', 'gpt-4o'\n",
    ],
)
def test_an_id_that_is_no_literal_text_is_not_replaced(lower, content):
    assert lower(content) is None


@pytest.mark.parametrize(
    ("content", "before"),
    [
        (b"m = '\\babbage-002'\n", "babbage-002"),
        (b"m = '\\x6f3'\n", "f3"),
        (b"m = 'gpt-\\\n4o'\n", "4o'\n"),
        (b"m = 'gpt' '-4o'\n", "gpt' '-4o"),
        (b"m = 'gpt-4o'\n", "'gpt-4o'"),
    ],
)
def test_an_id_that_is_partly_syntax_is_not_replaced(lower, content, before):
    assert lower(content, before) is None


@pytest.mark.parametrize("after", ["", "it's", "a\\", "{x}", "a b", "é"])
def test_nothing_but_an_id_is_ever_written(after):
    change = ReplaceModel("a.py", Location(1, 6, 5, 11), "gpt-4o", after)
    assert FRONT_END.lower(SourceFile("a.py", b"m = 'gpt-4o'\n"), change) is None


def test_other_bytes_than_planned_are_refused():
    change = ReplaceModel("a.py", Location(1, 6, 5, 11), "gpt-4o", "gpt-5.5")
    assert FRONT_END.lower(SourceFile("a.py", b"m = 'gpt-4.'\n"), change) is None
