"""Ways into a function are kept as far out as they are followed, and no further."""

from __future__ import annotations

from migrator.domain.expression import Call, Name
from migrator.domain.source import Location
from migrator.domain.trail import Entered, Frame
from migrator.following.hops import MOST_HOPS, entered_further

PATH = "desk.py"


def entered(symbol: str, line: int, caller: Frame) -> Entered:
    at = Location(line, 1, line * 10, line * 10 + 5)
    return Entered(PATH, symbol, at, caller, Call(at, Name(at, symbol), (), ()))


def symbols(frame: Frame) -> list[str]:
    found = [frame.symbol]
    while frame.callers:
        frame = frame.callers[-1].caller
        found.append(frame.symbol)
    return found


def test_a_frame_is_entered_through_the_call_that_its_end_was_entered_through():
    outer = entered("answer", 3, Frame(PATH, "main"))
    assert symbols(entered_further(Frame(PATH, "answer"), outer)) == ["answer", "main"]


def test_a_call_of_another_function_tells_nothing_of_a_frame():
    outer = entered("answer", 3, Frame(PATH, "main"))
    assert entered_further(Frame(PATH, "other"), outer) == Frame(PATH, "other")


def test_functions_that_call_each_other_are_entered_a_bounded_number_of_times():
    frame = Frame(PATH, "ping")
    ping, pong = entered("ping", 1, Frame(PATH, "pong")), entered("pong", 2, Frame(PATH, "ping"))
    for _ in range(MOST_HOPS):
        frame = entered_further(entered_further(frame, ping), pong)
    assert symbols(frame) == ["ping", "pong"] * (MOST_HOPS // 2) + ["ping"]
