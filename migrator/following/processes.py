"""Follow an argument that another file of the project gives a program that it starts."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.expression import Call, Expression, Join, Member, Name, Series, Text
from migrator.domain.trail import Found, Frame, Hop, HopKind, Outside, Trail
from migrator.following.hops import via
from migrator.following.port import Walk
from migrator.following.transforms import remade

_STARTERS = ("run", "Popen", "check_call", "check_output", "call", "create_subprocess_exec")
_MODULES = frozenset({"subprocess", "asyncio"})
MOST_STARTED = 100


def passed_by_process(walk: Walk, program: str, flags: tuple[str, ...]) -> tuple[Trail, ...]:
    """Give what is passed for an option wherever the file `program` is started as a process."""
    trails: tuple[Trail, ...] = ()
    for name in _STARTERS:
        for path, invocation in list(walk.callers.named(name))[:MOST_STARTED]:
            call, frame = invocation.call, Frame(path, invocation.scope)
            if not _starts_processes(walk, call, frame):
                continue
            hop = Hop(call.at.within(path), HopKind.PROCESS, detail=program)
            for words, inside in _command(walk, call, frame):
                if _starts(walk, words, path, program):
                    trails += via(tuple(_after(walk, words, inside, flags)), hop)
    return trails


def _starts_processes(walk: Walk, call: Call, frame: Frame) -> bool:
    """Whether a call is one of the language's own that start a process, by its module's name."""
    match call.callee:
        case Member(base=Name(name=module)):
            return module in _MODULES
        case Name():
            ends = walk.follow(call.callee, frame)
            return any(
                isinstance(e, Outside) and e.name.partition(".")[0] in _MODULES for e in ends
            )
        case _:
            return False


def given_to(
    walk: Walk, arguments: Expression, frame: Frame, flags: tuple[str, ...]
) -> Iterator[Trail]:
    """Follow what a list of arguments holds for an option."""
    for end in walk.follow(arguments, frame):
        if isinstance(end, Found) and isinstance(end.expression, Series):
            yield from via(tuple(_after(walk, end.expression.items, end.frame, flags)), *end.hops)


def _command(
    walk: Walk, call: Call, frame: Frame
) -> Iterator[tuple[tuple[Expression, ...], Frame]]:
    if len(call.positional) > 1 and all(isinstance(each, Text) for each in call.positional[1:3]):
        yield call.positional, frame
    for first in call.positional[:1]:
        for end in walk.follow(first, frame):
            if isinstance(end, Found) and isinstance(end.expression, Series):
                yield end.expression.items, end.frame


def _starts(walk: Walk, words: tuple[Expression, ...], path: str, program: str) -> bool:
    """Whether a command runs this very file, by its path or by `-m` and its module."""
    texts = [each.value if isinstance(each, Text) else "" for each in words]
    for before, text in zip(["", *texts], texts, strict=False):
        dotted = text if before == "-m" else ""
        if text.endswith(".py"):
            dotted = text.removesuffix(".py").removeprefix("./").replace("/", ".")
        if dotted and walk.source.module(dotted, path) == program:
            return True
    return False


def _after(
    walk: Walk, words: tuple[Expression, ...], frame: Frame, flags: tuple[str, ...]
) -> Iterator[Trail]:
    for word, following in zip(words, (*words[1:], None), strict=False):
        match word:
            case Text(value=value) if value in flags and following is not None:
                yield from walk.follow(following, frame)
            case Text(value=value) if value.partition("=")[0] in flags and "=" in value:
                yield Found(remade(word, value.partition("=")[2]), frame)
            case Join(parts=(Text(value=value), part)) if value.removesuffix("=") in flags:
                yield from walk.follow(part, frame)
            case _:
                pass
