"""Find the files that get a client from another: they may name neither a library nor a model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import partial

from migrator.domain.expression import Call, Expression, Member, Name, Spread
from migrator.domain.facts import FileFacts, Invocation, Parameter, Scope, ScopeKind
from migrator.domain.trail import Defined, Frame
from migrator.following.aliases import called_name
from migrator.following.arguments import is_bound, passed
from migrator.following.port import Walk
from migrator.stages.link.makers import Makers

_FARTHEST = 4  # files from the one that makes it
_INIT = ".__init__"


@dataclass(frozen=True, slots=True)
class Passed:
    """The names that each file has for a client or for what holds one, and what it passed on."""

    held: dict[str, frozenset[str]] = field(default_factory=dict)
    done: dict[str, frozenset[str]] = field(default_factory=dict)

    def files(self, files: Iterable[FileFacts], makers: Makers, walk: Walk) -> frozenset[str]:
        """Give the paths of the functions and classes that a client, or its holder, is passed to.

        What is held is told by name, in each file for itself; what a call means is followed. A
        file is looked at again only when it holds something by one more name.
        """
        known = {each.path: each for each in files}
        for path, read in known.items():
            self._hold(path, _made(read, makers))
        found: set[str] = set()
        for _ in range(_FARTHEST):
            fresh = {path for path, names in self.held.items() if self.done.get(path) != names}
            for path in sorted(fresh):
                self.done[path] = self.held[path]
                facts = known.get(path) or walk.file(path)
                if facts is not None:
                    for target, names in _passed_on(facts, self.held[path], makers, walk):
                        found.add(target)
                        self._hold(target, names)
        return frozenset(found)

    def _hold(self, path: str, names: AbstractSet[str]) -> None:
        if names:
            self.held[path] = self.held.get(path, frozenset()) | names


def _made(facts: FileFacts, makers: Makers) -> set[str]:
    """Name what is made in a file, by what, and what that gives.

    What is passed on at once has no name there but that of its maker.
    """
    held: set[str] = set()
    holds = _Holding(held, partial(makers.makes, facts)).holds
    for each in facts.invocations:
        if holds(each.call):
            held |= {(each.result or "").rpartition(".")[2], called_name(each.call.callee)} - {""}
    return held


def _passed_on(
    facts: FileFacts, held: frozenset[str], makers: Makers, walk: Walk
) -> Iterator[tuple[str, set[str]]]:
    holding = _Holding(held, partial(makers.makes, facts))
    for invocation in facts.invocations:
        if any(holding.holds(each) for each in invocation.call.given):
            yield from _into(facts, invocation, holding, walk)


def _into(
    facts: FileFacts, invocation: Invocation, holding: _Holding, walk: Walk
) -> Iterator[tuple[str, set[str]]]:
    """Give the files of what is called, with the names that what is passed then has there."""
    for end in walk.follow(invocation.call.callee, Frame(facts.path, invocation.scope)):
        if not isinstance(end, Defined):
            continue
        target = walk.file(end.path)
        if target is None:
            continue
        scope = target.scopes.get(end.symbol + _INIT) or target.scopes.get(end.symbol)
        if scope is not None:
            bound = is_bound(walk, end.path, scope, invocation.call)
            named = holding.parameters(invocation.call, scope, bound=bound)
            stored = {
                each.name.rpartition(".")[2]
                for each in scope.bindings
                if isinstance(each.value, Name) and each.value.name in named
            }
            yield target.path, named | stored


@dataclass(frozen=True, slots=True)
class _Holding:
    """The names of a file for a client or for what holds one, and what makes one there."""

    held: AbstractSet[str]
    makes: Callable[[Expression], bool]

    def holds(self, argument: Expression) -> bool:
        """Tell whether an expression is a client or holds one."""
        match argument:
            case Name(name=name):
                return name in self.held
            case Member(name=name, base=base):
                return name in self.held or self.holds(base)
            case Spread(value=value):
                return self.holds(value)
            case Call(callee=callee):
                return self.makes(callee) or self.holds(callee)
            case _:
                return False

    def parameters(self, call: Call, scope: Scope, *, bound: bool) -> set[str]:
        """Name the parameters that a call passes one for; the fields of a class without a maker."""
        if scope.kind is ScopeKind.CLASS:
            return {each.name for each in call.keywords if each.name and self.holds(each.value)}
        return {
            each.name
            for each in scope.parameters
            if any(map(self.holds, _given(call, scope, each, bound=bound)))
        }


def _given(
    call: Call, scope: Scope, parameter: Parameter, *, bound: bool
) -> tuple[Expression, ...]:
    if parameter.kind == "series":
        return call.positional
    if parameter.kind == "table":
        return tuple(each.value for each in call.keywords)
    found = passed(call, scope, parameter, bound=bound)
    return found.splats if found.value is None else (found.value,)
