"""Tell whether a function calls what it is given, with nothing but what it is called with."""

from __future__ import annotations

from migrator.domain.expression import Call, Expression, Name
from migrator.domain.facts import FileFacts, Invocation
from migrator.domain.trail import Defined, Found, Frame, Outside, Trail
from migrator.following.port import Walk

_RETRYING = ("tenacity.",)


def calls_what_it_is_given(walk: Walk, callee: Expression, frame: Frame) -> bool:
    """Whether a function calls its first parameter, or one inside it does, and adds nothing."""
    ends = walk.follow(callee, frame)
    return bool(ends) and all(_calls_its_first(walk, end) for end in ends)


def _calls_its_first(walk: Walk, end: Trail) -> bool:
    match end:
        case Defined(path=path, symbol=symbol):
            facts = walk.file(path)
            scope = facts.scopes.get(symbol) if facts else None
            first = scope.parameters[0].name if scope and scope.parameters else None
            calls = [
                each
                for each in (facts.invocations if facts else ())
                if isinstance(each.call.callee, Name)
                and each.call.callee.name == first
                and f"{each.scope}.".startswith(f"{symbol}.")
            ]
            return facts is not None and bool(calls) and all(_as_it_is(facts, c) for c in calls)
        case Found(expression=Call(callee=made), frame=frame):
            names = (e.name for e in walk.follow(made, frame) if isinstance(e, Outside))
            return any(name.startswith(_RETRYING) for name in names)
        case _:
            return False


def _as_it_is(facts: FileFacts, invocation: Invocation) -> bool:
    """Whether a call hands on all keywords of the function around it, and no others."""
    scope = facts.scopes[invocation.scope]
    match invocation.call.keywords:
        case (only,) if only.name is None and isinstance(only.value, Name):
            name = only.value.name
        case _:
            return False
    taken = any(each.name == name and each.kind == "table" for each in scope.parameters)
    changed = any(each.name.partition(".")[0] == name for each in scope.bindings)
    others = (each for each in facts.invocations if each.scope == scope.symbol)
    return taken and not changed and not any(_sees(each.call, name) for each in others)


def _sees(call: Call, name: str) -> bool:
    """Whether a call may change a table: one of its methods, or a function that is given it."""
    callee = getattr(call.callee, "base", None)
    given = (callee, *call.positional, *(k.value for k in call.keywords if k.name is not None))
    return any(isinstance(each, Name) and each.name == name for each in given)
