"""Find calls of other models that a prompt is handed to as well."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from migrator.domain.expression import Call, Expression, Member, Name, dotted
from migrator.domain.facts import FileFacts
from migrator.domain.parts import everything
from migrator.domain.prompt import PromptSurface
from migrator.domain.site import DecidedSite
from migrator.domain.source import Place
from migrator.domain.trail import Hop, HopKind

# Keywords under which the libraries of other vendors take a prompt.
_TAKES = frozenset(
    {"system", "system_prompt", "system_instruction", "system_instructions", "system_message"}
    | {"instructions", "messages", "prompt", "preamble", "contents", "input"}
)
_RUNS = re.compile(
    r"a?(create|parse|stream|invoke|chat|converse|completion|complete|generate)(_\w+)?|run(_\w+)?"
    r"|send_message(_\w+)?|\w*(Agent|GenerativeModel)"
)


def called_elsewhere(
    surface: PromptSurface, users: Sequence[DecidedSite], facts: FileFacts
) -> Place | None:
    """Give a call in a file that runs another model with a prompt by a name that it has there.

    The calls of `users`, and whatever lies on the paths from the prompt to them, are none.
    """
    ways = tuple(ways_of(surface, users))
    passed = {hop.at for way in ways for hop in way}
    ours = {each.bound.place for each in users} | passed
    carrying = carriers(facts, frozenset(names_of(ways)), passed)
    for invocation in facts.invocations:
        call = invocation.call
        held = carrying.get(invocation.scope, frozenset())
        if _runs(call) and any(_mentions(each, held) for each in _prompts(call)):
            inside = {each.at.within(facts.path) for each in everything(call)}
            if not inside & ours:
                return call.at.within(facts.path)
    return None


def ways_of(surface: PromptSurface, users: Sequence[DecidedSite]) -> Iterator[tuple[Hop, ...]]:
    """Give the paths from a prompt to the calls that it steers."""
    for site in users:
        for link in site.judged.classified.paired.prompts:
            found = link.surface
            if found is not None and (found.path, found.at) == (surface.path, surface.at):
                yield link.via


def names_of(ways: Iterable[tuple[Hop, ...]]) -> Iterator[str]:
    """Give the names of the prompt itself: not of its folder, nor of a table that holds it."""
    for way in ways:
        read = max((n for n, each in enumerate(way) if each.kind is HopKind.FILE), default=-1)
        if not any(each.kind in {HopKind.KEY, HopKind.CONFIG_KEY} for each in way):
            yield from (each.detail for each in way[read + 1 :] if each.kind is HopKind.ASSIGNMENT)


def _runs(call: Call) -> bool:
    match call.callee:
        case Member(name=name) | Name(name=name):
            return _RUNS.fullmatch(name) is not None
        case _:
            return False


def _prompts(call: Call) -> Iterator[Expression]:
    for each in call.keywords:
        if each.name in _TAKES:
            yield each.value


def carriers(
    facts: FileFacts, names: frozenset[str], passed: set[Place]
) -> dict[str, frozenset[str]]:
    """Give, per scope, the names that hold the prompt: its own, and those made of it.

    A name of the prompt means something else where no step of a path gives it its value.
    """
    modules = [each.local for each in facts.imports if each.local not in names]
    outside = frozenset(each.local for each in facts.imports) & names
    outside |= {f"{module}.{name}" for module in modules for name in names}
    held = {"": outside}
    for symbol, scope in facts.scopes.items():
        found = held[""] - {each.name for each in scope.parameters}
        for binding in scope.bindings:
            value = binding.value
            if value is None:
                continue
            own = binding.name in names and value.at.line in _lines(facts.path, passed)
            made = not _is_run(value) and _mentions(value, found)
            found = found | {binding.name} if own or made else found - {binding.name}
        held[symbol] = found
    return held


def _lines(path: str, passed: set[Place]) -> set[int]:
    return {each.line for each in passed if each.path == path}


def _is_run(value: Expression) -> bool:
    return any(isinstance(each, Call) and _runs(each) for each in everything(value))


def _mentions(value: Expression, names: frozenset[str]) -> bool:
    """Whether a value has one of the names in it."""
    return any(dotted(each) in names for each in everything(value))
