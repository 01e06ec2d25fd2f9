"""Read what `**kwargs` of a function holds: what callers pass, and what decorators make of it."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.expression import Call, Expression, Name
from migrator.domain.facts import FileFacts, Scope, ScopeKind
from migrator.domain.trail import Defined, Found, Frame, Lost
from migrator.following.arguments import extra_keywords
from migrator.following.handed_through import Wrapping
from migrator.following.partials import is_before
from migrator.following.port import Walk
from migrator.following.scopes import FromParameter, lookup
from migrator.following.wrapping import wrappings
from migrator.stages.link._growth import Arguments, Unfold, merge

Way = tuple[Call, Frame]  # a call that enters a function, and where its arguments are read


def caller_keywords(
    walk: Walk, value: Expression, frame: Frame, unfold: Unfold
) -> tuple[Arguments, list[Lost]] | None:
    """Read `**kwargs` of a function from the call that entered it, or from all callers.

    None for what is not the table of a function's further keywords.
    """
    facts = walk.file(frame.path)
    if facts is None or not isinstance(value, Name):
        return None
    found = lookup(facts, frame.symbol, value.name, value.at.start)
    if not isinstance(found, FromParameter) or found.parameter.kind != "table":
        return None
    function = found.scope
    at = value.at.within(frame.path)
    entered = [e for e in frame.callers if (e.path, e.symbol) == (facts.path, function.symbol)]
    calls: list[Way] = [(e.call, e.caller) for e in entered[:1]] or [
        (invocation.call, where)
        for where, invocation, _ in walk.callers.of(walk, facts.path, function)
    ]
    lost: list[Lost] = list(_replaced(walk, facts, function))
    unseen = not calls
    for decorator in function.decorators:
        ways, missing = wrappings(walk, facts, function, decorator)
        lost += missing
        if ways:
            calls = [*(c for c in calls if any(w.keeps_more for w in ways)), *_through(ways, calls)]
    if not calls:
        return {}, [Lost(f"**{value.name} comes from callers not in view", at, caller=True)]
    arguments: Arguments = {}
    for number, (call, where) in enumerate(calls):
        passed: Arguments = {}
        for name, given in extra_keywords(call, function):
            if name is None:
                inside, missing_there = unfold(given, where)
                passed.update(_not_taken(inside, function) if is_before(given) else inside)
                lost += missing_there
            else:
                passed[name] = Found(given, where)
        merge(arguments, passed) if number else arguments.update(passed)
    if unseen:
        lost.append(Lost(f"**{value.name} comes from callers not in view", at, caller=True))
    return arguments, lost


def _not_taken(given: Arguments, function: Scope) -> Arguments:
    """Leave out what parameters of their own take."""
    named = {each.name for each in function.parameters if each.kind != "table"}
    return {name: value for name, value in given.items() if name not in named}


def _through(ways: tuple[Wrapping, ...], calls: list[Way]) -> Iterator[Way]:
    """Give the calls by which a decorator hands on those that enter what stands in."""
    for way in ways:
        if not calls:
            yield way.call, way.frame
        for call, where in calls:
            yield way.call, way.entered(call, where)


def _replaced(walk: Walk, facts: FileFacts, method: Scope) -> Iterator[Lost]:
    """Tell of a decorator of the class that puts something else in the place of a method."""
    owner = facts.scopes.get(method.parent or "")
    if owner is None or owner.kind is not ScopeKind.CLASS or not owner.decorators:
        return
    name = method.symbol.rpartition(".")[2]
    outer = Frame(facts.path, owner.parent or "")
    for decorator in owner.decorators:
        called = decorator.callee if isinstance(decorator, Call) else decorator
        for end in walk.follow(called, outer):
            if isinstance(end, Defined) and _sets(walk.file(end.path), end.symbol, name):
                reason = f"decorator {end.symbol} puts another function in place of {name}"
                yield Lost(reason, decorator.at.within(facts.path))


def _sets(facts: FileFacts | None, maker: str, name: str) -> bool:
    """Whether a decorator of classes sets a member of that name, or one of a computed name."""
    for scope in facts.scopes.values() if facts else ():
        if f"{scope.symbol}.".startswith(f"{maker}."):
            names = {each.name.rpartition(".")[2] for each in scope.bindings if "." in each.name}
            if names & {name, "*"}:
                return True
    return False
