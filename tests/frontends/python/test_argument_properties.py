"""Whatever the layout of a call: after an edit it sends what was meant, and every remark stays."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.domain.edit import (
    AddArgument,
    Change,
    DropArgument,
    RenameArgument,
    apply_splices,
)
from migrator.domain.source import Location, SourceFile
from migrator.frontends.python import FRONT_END

OTHERS = (
    b"model='gpt-4.1'",
    b'messages=[{"role": "user", "content": "\xc3\xbc ) # not a remark"}]',
    b"seed=-7",
    b"user=(lambda: 'x')()",
    b"**extra",
    b"metadata={'temperature': 1, 'max_tokens': 2}",
)
MINE = (b"temperature=0.2", b"max_tokens=4000")
BETWEEN = (
    b", ",
    b",",
    b",\n    ",
    b",\n\n    ",
    b",  # why\n    ",
    b"\n    ,",
    b" ,\n    # above\n    ",
)
FIRST = (b"", b"\n    ", b"  # first\n    ", b" ")
LAST = (b"", b",", b"\n", b",\n", b"  # last\n", b",  # last\n", b",\n    # end\n", b" ")
MARKS = (b"", b"", b"\xef\xbb\xbf")
REMARK = re.compile(rb"# (?:why|above|first|last|end)\b")


@st.composite
def calls(draw: st.DrawFn) -> tuple[bytes, Location]:
    """Give a file with one call that has two arguments of interest among others, and its place."""
    chosen = draw(st.lists(st.sampled_from(OTHERS), unique=True, max_size=4))
    arguments = draw(st.permutations([*MINE, *chosen]))
    inside = draw(st.sampled_from(FIRST)) + arguments[0]
    for each in arguments[1:]:
        inside += draw(st.sampled_from(BETWEEN)) + each
    call = b"create(" + inside + draw(st.sampled_from(LAST)) + b")"
    head = draw(st.sampled_from(MARKS)) + b"extra = {'n': 1}\nsent = "
    tail = draw(st.sampled_from((b"\n", b"", b"  # behind\nlater = 1\n")))
    ends = draw(st.sampled_from((b"\n", b"\r\n", b"\r")))
    head, call, tail = (each.replace(b"\n", ends) for each in (head, call, tail))
    return head + call + tail, Location(2, 8, len(head), len(head + call))


def sent(content: bytes) -> dict[str, object]:
    """Run a file and give what its call sends."""
    names: dict[str, object] = {"create": lambda **arguments: arguments}
    exec(compile(content, "a.py", "exec"), names)
    return {name: value for name, value in names["sent"].items() if name != "extra"}


def carried_out(content: bytes, change: Change) -> bytes | None:
    source = SourceFile("a.py", content)
    splice = FRONT_END.lower(source, change)
    if splice is None:
        return None
    after = apply_splices(content, [splice])
    if FRONT_END.prove(source, [splice], after) is not None:
        assert b"\n" not in content  # only ends that libcst does not write back
        return None
    assert REMARK.findall(after) == REMARK.findall(content)
    return after


def value_at(content: bytes, argument: bytes) -> Location:
    name, _, value = argument.partition(b"=")
    start = content.index(name + b"=") + len(name) + 1
    return Location(1, 1, start, start + len(value))


@settings(max_examples=120)
@given(calls())
def test_a_renamed_argument_sends_the_same_value_and_nothing_else_changes(made):
    content, call = made
    place = value_at(content, b"max_tokens=4000")
    change = RenameArgument("a.py", place, "max_tokens", "max_completion_tokens", (call,))
    after = carried_out(content, change)
    before = sent(content)
    before["max_completion_tokens"] = before.pop("max_tokens")
    assert after is not None or b"\n" not in content
    assert after is None or sent(after) == before


@settings(max_examples=120)
@given(calls())
def test_a_dropped_argument_alone_is_no_longer_sent(made):
    content, call = made
    place = value_at(content, b"temperature=0.2")
    after = carried_out(content, DropArgument("a.py", place, "temperature", (call,)))
    if after is not None:
        before = sent(content)
        del before["temperature"]
        assert sent(after) == before


@settings(max_examples=120)
@given(calls())
def test_an_added_argument_is_sent_beside_all_others(made):
    content, call = made
    after = carried_out(content, AddArgument("a.py", call, "reasoning_effort", "none"))
    if after is not None:
        assert sent(after) == sent(content) | {"reasoning_effort": "none"}


def test_plain_layouts_are_not_declined():
    content = b"extra = {}\nsent = create(temperature=0.2, max_tokens=4000)\n"
    call = Location(2, 8, 18, len(content) - 1)
    place = value_at(content, b"temperature=0.2")
    assert carried_out(content, DropArgument("a.py", place, "temperature", (call,))) is not None
    assert carried_out(content, AddArgument("a.py", call, "reasoning_effort", "none")) is not None
