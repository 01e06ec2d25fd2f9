"""Where a bound cuts the ways to a value, what lies beyond is told of, and never edited."""

from __future__ import annotations

import pytest

from migrator.domain.expression import Call, Name, Text
from migrator.domain.source import Location, Place
from migrator.domain.trail import Cut, Entered, Found, Frame, Lost
from migrator.following.callers import MOST_CALLERS
from migrator.following.ways import TOO_MANY, distinct, too_many
from tests.planning import planned

AT = Place("desk.py", 1)
HEAD = """from openai import OpenAI

client = OpenAI()


def ask(text, model, temperature=None):
    return client.responses.create(
        model=model,
        instructions="Answer in one sentence.",
        input=text,
        temperature=temperature,
        reasoning={"effort": "low"},
    )
"""
CALLER = """

def desk_{n}(text):
    return ask(text, MODEL{more})
"""
LEVEL = """

def level_{n}(text, model, temperature=None):
    if text:
        return level_{inner}(text, model, temperature)
    return level_{inner}("What is new?", model, {sent})
"""


def entered(line: int, path: str = "desk.py") -> Entered:
    at = Location(line, 1, line * 10, line * 10 + 5)
    return Entered("ask.py", "ask", at, Frame(path, "main"), Call(at, Name(at, "ask"), (), ()))


def way(value: str, line: int, path: str = "desk.py") -> Found:
    text = Text(Location(1, 1, len(value), 2 * len(value)), value)
    return Found(text, Frame("models.py", ""), entered=entered(line, path))


def cut_of(*trails: Found, most: int) -> tuple[list, Cut | None]:
    *kept, last = distinct(trails, AT, most)
    return kept, last.cut if isinstance(last, Lost) else None


def callers(count: int) -> str:
    calls = (CALLER.format(n=n, more="") for n in range(count - 1))
    last = CALLER.format(n=count, more=", temperature=0.2")
    return f'{HEAD}\nMODEL = "gpt-5.4"\n{"".join(calls)}{last}'


def diamonds(depth: int) -> str:
    levels = (
        LEVEL.format(n=n, inner=n - 1, sent="temperature" if n > 1 else "0.2")
        for n in range(1, depth + 1)
    )
    body = "".join(levels).replace("level_0", "ask")
    return f'{HEAD}{body}\n\ndef main(text):\n    return level_{depth}(text, "gpt-5.4")\n'


def test_every_end_is_kept_before_any_of_them_comes_another_way():
    ways = [way("gpt-4o", line) for line in range(5)]
    kept, cut = cut_of(*ways, way("gpt-4.1", 9), most=2)
    assert kept == [ways[0], way("gpt-4.1", 9)]
    assert cut
    assert [each.expression.value for each in cut.ends] == ["gpt-4o"]


def test_what_tests_do_gives_way_to_what_the_product_does():
    tests = [way("gpt-4o", line, "tests/test_desk.py") for line in range(5)]
    kept, cut = cut_of(*tests, way("gpt-4.1", 9), most=2)
    assert kept == [tests[0], way("gpt-4.1", 9)]
    assert cut == Cut((), of_tests=True)


def test_a_bound_tells_of_what_a_bound_further_in_left_out():
    inner = too_many(Place("ask.py", 1), (way("gpt-4o", 1),))
    *_, last = distinct((way("gpt-5", 1), inner, way("gpt-4.1", 2), way("gpt-5.1", 3)), AT, 2)
    assert isinstance(last, Lost)
    assert last.cut
    assert {each.expression.value for each in last.cut.ends} == {"gpt-4o", "gpt-5.1"}


def test_no_more_ends_than_are_followed_are_all_kept():
    ways = tuple(way("gpt-4o", line) for line in range(5))
    assert distinct(ways, AT, 5) == ways


@pytest.mark.parametrize("code", [callers(70), diamonds(4)])
def test_a_model_is_not_edited_where_one_of_many_ways_sends_what_is_rejected(tmp_path, code):
    (tmp_path / "desk.py").write_text(code)
    plan = planned(tmp_path)
    assert not plan["edits"]
    assert {each["model"]["written"] for each in plan["sites"]} == {"gpt-5.4"}


@pytest.mark.parametrize("code", [callers(MOST_CALLERS + 5), diamonds(7)])
def test_what_lies_beyond_a_bound_is_a_site_that_says_so_and_holds_its_model(tmp_path, code):
    (tmp_path / "desk.py").write_text(code)
    plan = planned(tmp_path)
    told = [
        site["outcome"]
        for site in plan["sites"]
        if any(TOO_MANY in each["message"] for each in site["findings"])
    ]
    assert set(told) <= {"unknown", "blocked"}
    assert told
    assert not plan["edits"]
