"""Read what a table gains under another name, or in the functions that it is handed to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrator.domain.expression import Call, Expression, Member, Name, dotted
from migrator.domain.facts import FileFacts, Scope, ScopeKind
from migrator.domain.trail import Entered, Frame, Lost
from migrator.following.arguments import is_bound, passed
from migrator.following.definitions import definition_of
from migrator.following.port import Walk
from migrator.stages.link._growth import Arguments, Unfold, grow, owning_scopes

AFTER_ALL = 1 << 40  # a byte behind everything that a function does
_FARTHEST = 3  # functions from the one that made the table


def grow_elsewhere(
    walk: Walk,
    value: Expression,
    frame: Frame,
    arguments: Arguments,
    unfold: Unfold,
    depth: int = 0,
) -> list[Lost]:
    """Add what functions of the project put into a table that they are handed before the call.

    Any of it may be there or not. Gives what could not be followed.
    """
    facts, name = walk.file(frame.path), dotted(value)
    if facts is None or name is None or depth > _FARTHEST:
        return []
    lost: list[Lost] = []
    for other in _others(facts, value, frame):
        lost += grow(walk, other, frame, arguments, unfold)
        lost += grow_elsewhere(walk, other, frame, arguments, unfold, depth + 1)
    for call, symbol in _handing(facts, value, name, frame):
        where = frame if symbol == frame.symbol else Frame(frame.path, symbol)
        if not walk.runs(where, call.at.start):
            continue
        for last, inside in _into(walk, call, name, where):
            lost += grow(walk, last, inside, arguments, unfold)
            lost += grow_elsewhere(walk, last, inside, arguments, unfold, depth + 1)
    return lost


def _others(facts: FileFacts, value: Expression, frame: Frame) -> Iterator[Name]:
    """Give the other names that a function has for a table by the time it is read."""
    scope = facts.scopes.get(frame.symbol)
    if scope is None or not isinstance(value, Name):
        return
    for each in scope.bindings:
        plain = each.how == "assignment" and each.at.start < value.at.start
        if not plain or not isinstance(each.value, Name) or "." in each.name:
            continue
        if each.value.name == value.name and each.name != value.name:
            yield Name(value.at, each.name)
        elif each.name == value.name and each.value.name != value.name:
            # what it gained before is read where it was made
            yield replace(value, name=each.value.name)


def _handing(
    facts: FileFacts, value: Expression, name: str, frame: Frame
) -> Iterator[tuple[Call, str]]:
    scopes = {each.symbol for each in owning_scopes(facts, value, frame.symbol)}
    for each in facts.invocations:
        if each.scope not in scopes:
            continue
        later = each.scope == frame.symbol and each.call.at.start >= value.at.start
        if not later and any(_is(given, name) for given in _alone(each.call)):
            yield each.call, each.scope


def _alone(call: Call) -> Iterator[Expression]:
    """Give what a call is given as it is, not its content."""
    yield from call.positional
    yield from (each.value for each in call.keywords if each.name is not None)


def _is(given: Expression, name: str) -> bool:
    return isinstance(given, Name | Member) and dotted(given) == name


def _into(walk: Walk, call: Call, name: str, frame: Frame) -> Iterator[tuple[Name, Frame]]:
    """Give the parameter of each function of the project that a call hands the table to."""
    for end in walk.follow(call.callee, frame):
        found = definition_of(walk, end)
        taking = _function(found[0], found[1]) if found else None
        if found is None or taking is None:
            continue
        facts = found[0]
        entry = Entered(facts.path, taking.symbol, call.at, frame, call)
        bound = is_bound(walk, facts.path, taking, call)
        for parameter in taking.parameters:
            given = passed(call, taking, parameter, bound=bound).value
            if given is not None and _is(given, name):
                at = replace(taking.at, start=AFTER_ALL, end=AFTER_ALL)
                yield Name(at, parameter.name), Frame(facts.path, taking.symbol, (entry,))


def _function(facts: FileFacts, scope: Scope) -> Scope | None:
    if scope.kind is ScopeKind.FUNCTION:
        return scope
    return facts.scopes.get(f"{scope.symbol}.__init__")
