"""Arguments are renamed, left out and added in every layout that is known, else declined."""

from __future__ import annotations

import pytest

from migrator.domain.edit import (
    AddArgument,
    DropArgument,
    RenameArgument,
    ReplaceText,
    Splice,
    apply_splices,
)
from migrator.domain.source import Location, SourceFile
from migrator.frontends.python import FRONT_END


def edited(text: str, change) -> str | None:
    """Carry a change out and prove it; None where it is declined."""
    source = SourceFile("a.py", text.encode())
    splice = FRONT_END.lower(source, change)
    if splice is None:
        return None
    after = apply_splices(source.content, [splice])
    assert FRONT_END.prove(source, [splice], after) is None
    return after.decode()


def at(text: str, part: str) -> Location:
    start = len(text[: text.index(part)].encode())
    return Location(1, 1, start, start + len(part.encode()))


def the_call(text: str) -> Location:
    """Span the first `ask(…)`, as far as the bracket that closes it."""
    start = text.index("ask(")
    depth = 0
    for end, sign in enumerate(text[start:], start):
        depth += (sign in "([{") - (sign in ")]}")
        if depth == 0 and sign in ")]}":
            return at(text, text[start : end + 1])
    raise AssertionError(text)


def dropped(text: str, value: str = "0.2") -> str | None:
    return edited(text, DropArgument("a.py", at(text, value), "heat", (the_call(text),)))


def renamed(text: str, value: str = "9") -> str | None:
    change = RenameArgument("a.py", at(text, value), "cap", "upper_cap", (the_call(text),))
    return edited(text, change)


def added(text: str, name: str = "effort") -> str | None:
    return edited(text, AddArgument("a.py", the_call(text), name, "none"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("ask(heat=0.2)\n", "ask()\n"),
        ("ask(heat=0.2,)\n", "ask()\n"),
        ("ask(a, heat=0.2)\n", "ask(a)\n"),
        ("ask(a, heat=-0.2)\n", "ask(a)\n"),
        ("ask(heat=0.2, b=1)\n", "ask(b=1)\n"),
        ("ask(a=1, heat=0.2, b=2)\n", "ask(a=1, b=2)\n"),
        ("ask(a=1, heat=0.2, **k)\n", "ask(a=1, **k)\n"),
        ("ask(\n    a=1,\n    heat=0.2,\n    b=2,\n)\n", "ask(\n    a=1,\n    b=2,\n)\n"),
        ("ask(\n    a=1,\n    heat=0.2\n)\n", "ask(\n    a=1,\n)\n"),
        ("ask(\n    heat=0.2, b=2,\n)\n", "ask(\n    b=2,\n)\n"),
        ("ask(a=1,\n    heat=0.2)\n", "ask(a=1)\n"),
        ("ask(a=1, heat=0.2,  # both\n    b=2)\n", "ask(a=1,  # both\n    b=2)\n"),
        ("ask(heat=0.2,\n    b=2)\n", "ask(b=2)\n"),
        ("ask(\r\n\ta=1,\r\n\theat=0.2,\r\n)\r\n", "ask(\r\n\ta=1,\r\n)\r\n"),
        ("ask('é', heat=0.2, b='ü')\n", "ask('é', b='ü')\n"),
        ('ask(**{"heat": 0.2, "b": 1})\n', 'ask(**{"b": 1})\n'),
        ('ask(body={"b": 1, "heat": 0.2})\n', 'ask(body={"b": 1})\n'),
        ("x = [ask(a, heat=0.2) for a in b]\n", "x = [ask(a) for a in b]\n"),
    ],
)
def test_a_literal_argument_is_left_out_with_its_own_line(before, after):
    value = "-0.2" if "-0.2" in before else "0.2"
    assert dropped(before, value) == after


@pytest.mark.parametrize(
    "text",
    [
        "ask(\n    a=1,\n    # be dull, the auditors want that\n    heat=0.2,\n)\n",
        "ask(\n    a=1,\n    heat=0.2,  # be dull\n)\n",
        "ask(\n    a=1\n    , heat=0.2\n)\n",
        "ask(a=1,  # one\n    heat=0.2)\n",
        'ask(**{"heat": (0.2), "b": 1})\n',
        "ask(a, cold=0.2)\n",
    ],
)
def test_a_layout_that_is_not_certain_is_declined(text):
    assert dropped(text) is None


@pytest.mark.parametrize("value", ["heat", "self.heat", "cool(2)", "[0.2]", "a or 0.2"])
def test_a_value_that_comes_from_elsewhere_is_not_left_out(value):
    assert dropped(f"ask(a, heat={value})\n", value) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("ask(cap=9)\n", "ask(upper_cap=9)\n"),
        ("ask(a,\n    cap = 9,  # tokens\n)\n", "ask(a,\n    upper_cap = 9,  # tokens\n)\n"),
        ("ask(a, cap=(9))\n", "ask(a, upper_cap=(9))\n"),
        ("ask(inner(cap=8), cap=9)\n", "ask(inner(cap=8), upper_cap=9)\n"),
        ("ask(**{'cap': 9})\n", "ask(**{'upper_cap': 9})\n"),
        ('\ufeffask("ä", cap=9)\r\n', '\ufeffask("ä", upper_cap=9)\r\n'),
    ],
)
def test_an_argument_gets_another_name_and_keeps_its_value(before, after):
    assert renamed(before) == after


LOCAL = """
def f(a):
    settings = {"b": 1, "cap": 9}
    return ask(a, **settings)
"""
GROWN = """
def f(a):
    settings = {"b": 1}
    if a:
        settings["cap"] = 9
    return ask(a, **settings)
"""


@pytest.mark.parametrize("text", [LOCAL, GROWN])
def test_a_local_table_that_only_the_call_uses_is_edited(text):
    assert renamed(text) == text.replace("cap", "upper_cap")


@pytest.mark.parametrize(
    "text",
    [
        LOCAL.replace("return ask", "log(settings)\n    return ask"),
        LOCAL.replace("return ask", "other(**settings)\n    return ask"),
        LOCAL.replace("return ask", "settings = dict(a)\n    return ask"),
        LOCAL.replace("(a):", "(a, settings):"),
        LOCAL.replace("return ask", "settings.update(a)\n    return ask"),
        GROWN.replace("return ask", "print(settings['cap'])\n    return ask"),
        'settings = {"cap": 9}\n\n\ndef f(a):\n    return ask(a, **settings)\n',
        'class F:\n    few = {"cap": 9}\n\n    def f(self):\n        return ask(**self.few)\n',
    ],
)
def test_a_table_that_something_else_may_use_is_declined(text):
    assert renamed(text) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("ask(a=1)\n", 'ask(a=1, effort="none")\n'),
        ("ask(a=1,)\n", 'ask(a=1, effort="none",)\n'),
        ("ask(a='x')\n", "ask(a='x', effort='none')\n"),
        ("ask(a=1, **{})\n", 'ask(a=1, **{}, effort="none")\n'),
        ("ask(\n    a=1,\n    b=2,\n)\n", 'ask(\n    a=1,\n    b=2,\n    effort="none",\n)\n'),
        ("ask(\n    a=1,\n    b=2\n)\n", 'ask(\n    a=1,\n    b=2,\n    effort="none"\n)\n'),
        (
            "ask(\n    a=1,\n    b=2,  # two\n)\n",
            'ask(\n    a=1,\n    b=2,  # two\n    effort="none",\n)\n',
        ),
        (
            "ask(\n    a=1,\n    b=2  # two\n)\n",
            'ask(\n    a=1,\n    b=2,  # two\n    effort="none"\n)\n',
        ),
        ("ask(a=1,\n    b=2)\n", 'ask(a=1,\n    b=2,\n    effort="none")\n'),
        ("ask(\n    a=1, b=2,\n)\n", 'ask(\n    a=1, b=2, effort="none",\n)\n'),
        ("ask(\r\n\ta=1,\r\n)\r\n", 'ask(\r\n\ta=1,\r\n\teffort="none",\r\n)\r\n'),
        (
            "ask(\n    m=[\n        1,\n    ],\n)\n",
            'ask(\n    m=[\n        1,\n    ],\n    effort="none",\n)\n',
        ),
        ("y = ask(a=1).text\n", 'y = ask(a=1, effort="none").text\n'),
    ],
)
def test_an_argument_is_added_behind_the_last_in_the_same_layout(before, after):
    assert added(before) == after


def test_dots_nest_into_a_table():
    assert added("ask(a=1)\n", "reasoning.effort") == 'ask(a=1, reasoning={"effort": "none"})\n'


@pytest.mark.parametrize("text", ["ask()\n", "ask(effort='low')\n"])
def test_what_has_no_known_place_or_is_there_already_is_not_added(text):
    assert added(text) is None


def test_a_text_value_is_replaced_between_its_quotes():
    text = "ask(effort='minimal', b='minimal effort')\n"
    change = ReplaceText("a.py", at(text, "'minimal'"), "minimal", "low")
    assert edited(text, change) == "ask(effort='low', b='minimal effort')\n"


@pytest.mark.parametrize(
    ("content", "before", "after"),
    [
        ("ask(cap=9)\n", "cap", "*cap"),
        ("ask(cap=9, b=1)\n", "cap=9, b=1", ""),
        ("ask(cap=9, b=1)\n", "cap=9", "cap=8"),
        ("ask(cap=9)\n", ")", ", x=f())"),
        ("ask(cap=9)\n", "ask(cap=9)", "ask(x=9)"),
        ("ask(cap=9)  # why\n", "cap=9)  # why", ")"),
    ],
)
def test_a_bolder_edit_is_not_proved(content, before, after):
    start = content.index(before)
    splice = Splice(start, start + len(before), before.encode(), after.encode())
    result = apply_splices(content.encode(), [splice])
    assert FRONT_END.prove(SourceFile("a.py", content.encode()), [splice], result) is not None
