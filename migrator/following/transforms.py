"""Carry out methods of texts that are short enough to be an id."""

from __future__ import annotations

from dataclasses import replace

from migrator.domain.expression import Call, Expression, Member, Scalar, Series, Text
from migrator.domain.trail import Found, Frame, Hop, HopKind, Trail
from migrator.following.hops import via
from migrator.following.port import Walk

_TO_TEXT = frozenset({"lower", "upper", "casefold", "strip", "lstrip", "rstrip", "replace"})
_AFFIXES = frozenset({"removeprefix", "removesuffix"})
_TO_PARTS = frozenset({"split", "rsplit", "partition", "rpartition"})
TRANSFORMS = _TO_TEXT | _AFFIXES | _TO_PARTS
LONGEST = 100
_BY_NAME = ("sep", "maxsplit")  # the only arguments of these methods that can be given by name


def transformed(walk: Walk, call: Call, callee: Member, frame: Frame) -> tuple[Trail, ...]:
    """Give what `text.method(…)` makes of each short text; none when the base has none.

    A text with a blank in it is a sentence, which no step makes an id of.
    """
    ends = walk.follow(callee.base, frame)
    if not any(is_short(end) for end in ends):
        return ()
    given = arguments_of(call)
    arguments = [_plain(walk, each, frame) for each in given or ()]
    if given is None or any(each is None for each in arguments):
        return ()
    hop = Hop(call.at.within(frame.path), HopKind.TRANSFORM, detail=callee.name)
    trails: tuple[Trail, ...] = ()
    for end in ends:
        if isinstance(end, Found) and isinstance(end.expression, Text) and is_short(end):
            made = _made(end.expression, callee.name, arguments)
            if made and callee.name == "replace" and arguments[0] == end.expression.value:
                trails += via(walk.follow(given[1], frame), hop)  # all of it is what is put in
            else:
                trails += via((replace(end, expression=made),), hop) if made else ()
        elif not isinstance(end, Found):
            trails += (end,)
    return trails


def arguments_of(call: Call) -> tuple[Expression, ...] | None:
    """Give the arguments of a method of a text in their order; None where that cannot be told."""
    named = {each.name: each.value for each in call.keywords}
    left = _BY_NAME[len(call.positional) :]
    if not named:
        return call.positional
    if tuple(named) != left:
        return None
    return (*call.positional, *named.values())


def is_short(end: Trail) -> bool:
    """Whether an end is a text that may be an id, with a prefix or without."""
    if not isinstance(end, Found) or not isinstance(end.expression, Text):
        return False
    value = end.expression.value
    return 0 < len(value) <= LONGEST and not any(each.isspace() for each in value)


def remade(text: Text, value: str) -> Text:
    """Give a text as a step made it, which remembers what was written."""
    return Text(text.at, value, text.value if text.written is None else text.written)


def _made(text: Text, method: str, arguments: list[str | int | None]) -> Text | Series | None:
    try:
        made: object = getattr(text.value, method)(*arguments)
    except (TypeError, ValueError):
        return None
    if isinstance(made, str):
        return remade(text, made)
    if isinstance(made, list | tuple):
        return Series(text.at, tuple(remade(text, str(each)) for each in made))
    return None


def _plain(walk: Walk, argument: Expression, frame: Frame) -> str | int | None:
    ends = walk.follow(argument, frame)
    match ends:
        case (Found(expression=Text(value=str() as value)),):
            return value
        case (Found(expression=Scalar(value=int() as number)),):
            return number
        case _:
            return None
