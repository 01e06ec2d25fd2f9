"""Follow an option of a command line, declared with argparse, to its default.

Source: https://docs.python.org/3/library/argparse.html (dest, default, parents and groups).
"""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.expression import Call, Expression, Member, Text
from migrator.domain.facts import Invocation
from migrator.domain.trail import Confidence, Found, Frame, Hop, HopKind, Lost, Trail
from migrator.following.ancestry import outside_names
from migrator.following.hops import entered_by, via
from migrator.following.port import Walk
from migrator.following.processes import given_to, passed_by_process

_PARSES = frozenset({"parse_args", "parse_known_args", "parse_intermixed_args"})
_PARTS = frozenset(
    {"add_argument_group", "add_mutually_exclusive_group", "add_subparsers", "add_parser"}
)
MOST_PARTS = 6
MOST_DECLARED = 400


def option_of(walk: Walk, made: Call, frame: Frame, name: str) -> tuple[Trail, ...]:
    """Give the ends of `parser.parse_args().name`; none when nothing in view declares it."""
    callee = made.callee
    if not isinstance(callee, Member) or callee.name not in _PARSES:
        return ()
    parsers = set(_parsers(walk, callee.base, frame))
    if not parsers:
        return ()
    trails: tuple[Trail, ...] = ()
    for path, invocation, sure in _declared(walk, name, parsers):
        where = Frame(path, invocation.scope)
        trails += _value(walk, invocation, where, name, sure=sure)
        trails += _handed_over(walk, made, frame, invocation.call, name)
    for path, invocation in _named(walk, "set_defaults"):
        given = [each.value for each in invocation.call.keywords if each.name == name]
        where = Frame(path, invocation.scope)
        if given and _belongs(walk, invocation.call, where, parsers):
            hop = Hop(invocation.call.at.within(path), HopKind.OPTION, detail=name)
            trails += via(walk.follow(given[0], where), hop)
    return entered_by(trails, None)


def destination(call: Call) -> str:
    """Name the member that an option is stored as: `dest`, the first long flag, or the name."""
    for keyword in call.keywords:
        if keyword.name == "dest" and isinstance(keyword.value, Text):
            return keyword.value.value
    flags = [each.value for each in call.positional if isinstance(each, Text)]
    long = [each for each in flags if each.startswith("--")]
    first = next(iter(long or flags), "")
    return first.lstrip("-").replace("-", "_")


def _declared(
    walk: Walk, name: str, parsers: set[tuple[str, int]]
) -> Iterator[tuple[str, Invocation, bool]]:
    files = {path for path, _ in parsers}
    for path, invocation in _named(walk, "add_argument"):
        if destination(invocation.call) != name:
            continue
        belongs = _belongs(walk, invocation.call, Frame(path, invocation.scope), parsers)
        if belongs or (belongs is None and path in files):
            yield path, invocation, belongs is True


def _named(walk: Walk, name: str) -> list[tuple[str, Invocation]]:
    return list(walk.callers.named(name))[:MOST_DECLARED]


def _belongs(walk: Walk, call: Call, frame: Frame, parsers: set[tuple[str, int]]) -> bool | None:
    """Whether an option is declared on one of these parsers; None when that is not known."""
    if not isinstance(call.callee, Member):
        return False
    found = set(_parsers(walk, call.callee.base, frame))
    return bool(found & parsers) if found else None


def _parsers(
    walk: Walk, expression: Expression, frame: Frame, steps: int = MOST_PARTS
) -> Iterator[tuple[str, int]]:
    """Yield where the parser was made that an expression is, or is a part of."""
    for end in walk.follow(expression, frame):
        match end:
            case Found(expression=Call(callee=Member(base=base, name=name)), frame=inside) if (
                steps and name in _PARTS
            ):
                yield from _parsers(walk, base, inside, steps - 1)
            case Found(expression=Call() as made, frame=inside) if _makes(walk, made, inside):
                yield inside.path, made.at.start
            case _:
                pass


def _makes(walk: Walk, call: Call, frame: Frame) -> bool:
    return any(
        name.rpartition(".")[2].endswith("ArgumentParser")
        for name in outside_names(walk, walk.follow(call.callee, frame))
    )


def _handed_over(
    walk: Walk, made: Call, frame: Frame, declared: Call, name: str
) -> tuple[Trail, ...]:
    """Follow the arguments that the program hands to its parser itself: `parse_args(argv)`."""
    if not made.positional:
        return ()
    hop = Hop(made.at.within(frame.path), HopKind.OPTION, detail=name)
    flags = _flags(declared)
    return via(tuple(given_to(walk, made.positional[0], frame, flags)), hop)


def _flags(call: Call) -> tuple[str, ...]:
    return tuple(each.value for each in call.positional if isinstance(each, Text))


def _value(
    walk: Walk, invocation: Invocation, frame: Frame, name: str, *, sure: bool
) -> tuple[Trail, ...]:
    call = invocation.call
    at = call.at.within(frame.path)
    flags = _flags(call)
    confidence = Confidence.CERTAIN if sure else Confidence.LIKELY
    hop = Hop(at, HopKind.OPTION, confidence, next(iter(flags), name))
    trails = via(passed_by_process(walk, frame.path, flags), hop)
    default = next((each.value for each in call.keywords if each.name == "default"), None)
    if default is None:
        reason = f"option {hop.detail} has no default; whoever starts the program gives it"
        return (*trails, Lost(reason, at))
    return trails + via(walk.follow(default, frame), hop)
