"""Find the files that get a client from another: they may name neither a library nor a model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from migrator.domain.expression import Call, Expression, Member, Name
from migrator.domain.facts import FileFacts, Invocation
from migrator.domain.trail import Defined, Frame
from migrator.following.aliases import called_name
from migrator.following.port import Walk
from migrator.stages.link.makers import Makers

_FARTHEST = 4  # files from the one that makes it
_INIT = ".__init__"


def files_passed_to(files: Iterable[FileFacts], makers: Makers, walk: Walk) -> frozenset[str]:
    """Give the paths of the functions and classes that a client, or what holds one, is passed to.

    What is held is told by name, in each file for itself; what a call means is followed.
    """
    known = {each.path: each for each in files}
    held = {path: _made(facts, makers) for path, facts in known.items()}
    fresh = {path for path, names in held.items() if names}
    found: set[str] = set()
    for _ in range(_FARTHEST):
        gained: defaultdict[str, set[str]] = defaultdict(set)
        for path in fresh:
            facts = known.get(path) or walk.file(path)
            if facts is not None:
                for target, names in _passed_on(facts, frozenset(held[path]), makers, walk):
                    gained[target] |= names - held.get(target, set())
        fresh = {path for path, names in gained.items() if names}
        for path in fresh:
            held[path] = held.get(path, set()) | gained[path]
        found |= fresh
    return frozenset(found)


def _made(facts: FileFacts, makers: Makers) -> set[str]:
    """Name what is made in a file, and what that gives; passed on at once it has no name there."""
    names = makers.of(facts)
    held: set[str] = set()
    for each in facts.invocations:
        if _holds(each.call, held, names):
            held.add((each.result or "").rpartition(".")[2])
    return held


def _passed_on(
    facts: FileFacts, held: frozenset[str], makers: Makers, walk: Walk
) -> Iterator[tuple[str, set[str]]]:
    names = makers.of(facts)
    for invocation in facts.invocations:
        if any(_holds(each, held, names) for each in _arguments(invocation.call)):
            yield from _into(facts, invocation, walk)


def _into(facts: FileFacts, invocation: Invocation, walk: Walk) -> Iterator[tuple[str, set[str]]]:
    """Give the files of what is called, with the names that its parameters then have."""
    for end in walk.follow(invocation.call.callee, Frame(facts.path, invocation.scope)):
        if not isinstance(end, Defined):
            continue
        target = walk.file(end.path)
        if target is None:
            continue
        scope = target.scopes.get(end.symbol + _INIT) or target.scopes.get(end.symbol)
        if scope is not None:
            parameters = {each.name for each in scope.parameters} - {"self", "cls"}
            stored = {
                each.name.rpartition(".")[2]
                for each in scope.bindings
                if isinstance(each.value, Name) and each.value.name in parameters
            }
            yield target.path, parameters | stored


def _arguments(call: Call) -> Iterator[Expression]:
    yield from call.positional
    yield from (each.value for each in call.keywords)


def _holds(argument: Expression, held: AbstractSet[str], makers: frozenset[str]) -> bool:
    match argument:
        case Name(name=name):
            return name in held
        case Member(name=name, base=base):
            return name in held or _holds(base, held, makers)
        case Call(callee=callee):
            return called_name(callee) in makers or _holds(callee, held, makers)
        case _:
            return False
