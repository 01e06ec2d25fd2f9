"""Match the arguments of a call with the parameters of the function that it calls."""

from __future__ import annotations

from dataclasses import dataclass

from migrator.domain.expression import Call, Expression, Member, Name, Spread
from migrator.domain.facts import FileFacts, Parameter, Scope, ScopeKind
from migrator.domain.trail import Frame
from migrator.following.port import Walk
from migrator.following.scopes import FromParameter, is_static, lookup


@dataclass(frozen=True, slots=True)
class Passed:
    """What a call passes for a parameter: the expression, or splats that may hold it."""

    value: Expression | None
    splats: tuple[Expression, ...] = ()


def passed(call: Call, function: Scope, parameter: Parameter, *, bound: bool) -> Passed:
    """Find what `call` passes for `parameter`; `bound` calls leave the first parameter out."""
    for keyword in call.keywords:
        if keyword.name == parameter.name:
            return Passed(keyword.value)
    splats = tuple(each.value for each in call.keywords if each.name is None)
    names = [each.name for each in function.parameters if each.kind == "positional"]
    if parameter.kind != "positional" or parameter.name not in names:
        return Passed(None, splats)
    index = names.index(parameter.name) - (1 if bound else 0)
    if any(isinstance(each, Spread) for each in call.positional[: index + 1]):
        return Passed(None, splats or call.positional[:1])
    if 0 <= index < len(call.positional):
        return Passed(call.positional[index])
    return Passed(None, splats)


def hands_itself_on(
    facts: FileFacts,
    function: Scope,
    parameter: Parameter,
    caller: Frame,
    call: Call,
    *,
    bound: bool,
) -> bool:
    """Whether a function calls itself with the very value that it was given for a parameter."""
    given = passed(call, function, parameter, bound=bound).value
    if caller.path != facts.path or not isinstance(given, Name):
        return False
    found = lookup(facts, caller.symbol, given.name, given.at.start)
    return found == FromParameter(function, parameter)


def extra_keywords(call: Call, function: Scope) -> tuple[tuple[str | None, Expression], ...]:
    """Give the keywords of a call that no named parameter takes: the content of `**kwargs`."""
    named = {each.name for each in function.parameters if each.kind != "table"}
    return tuple((each.name, each.value) for each in call.keywords if each.name not in named)


def is_bound(walk: Walk, path: str, scope: Scope, call: Call) -> bool:
    """Whether a call leaves the first parameter to the language: a method not marked static.

    `Base.__init__(self, …)` gives it like any other.
    """
    facts = walk.file(path)
    parent = facts.scopes.get(scope.parent or "") if facts and scope.parent else None
    if parent is None or parent.kind is not ScopeKind.CLASS:
        return False
    match call.callee:
        case Member(base=Name() | Member(), name="__init__"):
            return False
        case _:
            return not is_static(scope)
