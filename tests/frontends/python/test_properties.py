from __future__ import annotations

import ast
import os
import warnings
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.domain.edit import ReplaceModel, apply_splices
from migrator.domain.facts import FileFacts, StringUse, Use
from migrator.domain.source import SourceFile
from migrator.frontends.python import FRONT_END

ID = "gpt-4o"
PIECES = (
    "M = 'gpt-4o'",
    'é = "ü \\t gpt-4o"  # ключ',
    "def f(a, *, model='gpt-4o'):{n}\t'''тест{n}\tgpt-4o'''{n}\treturn f'{{a}}/gpt-4o{{a!r:>9}}'",
    "if M in ('gpt-4o', r'\\gpt-4o'):{n}\tprint(x)",
    "x = ('中' 'gpt-4o'{n}     f'{{M or \"o3\"}} 中{{f(\"é\")}}')",
    "\x0cclass A:{n}    model: Literal['gpt-4o'] = d['é']",
    "y = '''a{n}{n}gpt-4o'''; z = {{'é': [b'gpt-4o', 'q']}}",
    "# gpt-4o",
    "",
)


@st.composite
def modules(draw: st.DrawFn) -> bytes:
    end = draw(st.sampled_from(["\n", "\r\n"]))
    pieces = draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6))
    text = end.join(each.format(n=end) for each in pieces)
    mark = draw(st.sampled_from(["", "\ufeff"]))
    last = draw(st.sampled_from(["", end]))
    return (mark + text + last).encode()


def facts_of(content: bytes) -> FileFacts:
    facts = FRONT_END.read(SourceFile("a.py", content))
    assert isinstance(facts, FileFacts)
    return facts


def written(content: bytes, string: StringUse) -> str:
    """Evaluate the bytes of a string; text beside fields has no quotes of its own."""
    text = content[string.at.start : string.at.end].decode()
    try:
        return eval(f"({text}\n)", {})
    except (SyntaxError, NameError):
        return text


@given(modules())
def test_every_span_evaluates_to_its_value_and_its_line_and_column_agree(content):
    for string in facts_of(content).strings:
        assert written(content, string) == string.value
        before = content[: string.at.start].decode().removeprefix("\ufeff")
        last = before.replace("\r\n", "\n").split("\n")
        assert (string.at.line, string.at.column) == (len(last), len(last[-1]) + 1)


@settings(deadline=None, max_examples=60)
@given(modules(), st.data())
def test_a_lowered_change_is_proved_and_touches_no_other_byte(content, data):
    source = SourceFile("a.py", content)
    ends = [n for n in range(len(content)) if content.endswith(ID.encode(), 0, n)]
    for end in data.draw(st.permutations(ends)):
        at = facts_of(content).scopes[""].at
        at = type(at)(at.line, at.column, end - len(ID), end)
        splice = FRONT_END.lower(source, ReplaceModel("a.py", at, ID, "gpt-5.5"))
        inside = any(s.at.start < at.start and end <= s.at.end for s in facts_of(content).strings)
        assert (splice is not None) == inside
        if splice is not None:
            after = apply_splices(content, [splice])
            assert after == content[: at.start] + b"gpt-5.5" + content[end:]
            reason = FRONT_END.prove(source, [splice], after)
            assert reason is None or "byte for byte" in reason
            assert ("\x0c" in content.decode()) or reason is None


STANDARD_LIBRARY = Path(os.__file__).parent


def sample() -> list[Path]:
    """Every n-th file of the standard library and its tests, about 150 of them."""
    files = sorted(
        each for each in STANDARD_LIBRARY.rglob("*.py") if "site-packages" not in each.parts
    )
    return files[:: max(1, len(files) // 150)]


def misread(content: bytes, string: StringUse) -> bool:
    """Whether the bytes do not spell the value; text beside fields is spelled without quotes."""
    text = content[string.at.start : string.at.end].decode()
    try:
        if ast.literal_eval(f"({text}\n)") == string.value:
            return False
    except (SyntaxError, ValueError):
        pass
    if Use.PART in (string.use, *string.chain):
        plain = not set("\\{}\r'\"") & set(text)
        return plain and text != string.value
    return text[0] not in "fF"


@pytest.mark.parametrize("path", sample(), ids=lambda path: path.name)
def test_the_standard_library_is_read_and_every_span_is_exact(path):
    content = path.read_bytes()
    facts = FRONT_END.read(SourceFile(path.name, content))
    if isinstance(facts, FileFacts):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            assert [each for each in facts.strings if misread(content, each)] == []
