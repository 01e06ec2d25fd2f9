"""Find where values from elsewhere become members of an enum that the id is a member of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from migrator.domain.expression import Call, Expression, Item, Member, Name, Opaque, Series
from migrator.domain.facts import FileFacts, Scope, ScopeKind
from migrator.domain.other_use import OtherUse, UseKind
from migrator.domain.trail import Defined, Found, Frame, Outside
from migrator.following.port import Walk
from migrator.stages.uses._twice import is_enum

# Functions decorated with these are given what a command line, a request or a message says.
_ASKED_FROM_OUTSIDE = frozenset(
    {"command", "callback", "get", "post", "put", "patch", "delete", "route", "api_route"}
    | {"websocket", "task", "query", "mutation", "subscription"}
)
# Bases whose fields are read out of texts: requests, rows, files, the environment.
_READ_FROM_TEXT = ("BaseModel", "BaseSettings", "SQLModel", "Schema", "Struct", "DeclarativeBase")


def enumerated(
    walk: Walk, files: Sequence[FileFacts], facts: FileFacts, scope: Scope
) -> Iterator[OtherUse]:
    """Yield the calls, parameters and fields that make a member out of a value from elsewhere."""
    name = scope.symbol.rpartition(".")[2]
    if scope.kind is not ScopeKind.CLASS or not is_enum(scope):
        return
    for other in files:
        yield from _called(walk, other, facts, scope)
        for each, owner in _declared(walk, other):
            at = each.at.within(other.path)
            parts = (part for part in named_in(each) if part.name == name)
            if any(_is(walk, part, Frame(other.path, owner), facts) for part in parts):
                yield OtherUse(at=at, kind=UseKind.ENUMERATED, written=name)


def _called(walk: Walk, other: FileFacts, facts: FileFacts, scope: Scope) -> Iterator[OtherUse]:
    name = scope.symbol.rpartition(".")[2]
    for invocation in other.invocations:
        call = invocation.call
        tail = call.callee.name if isinstance(call.callee, Name | Member) else ""
        if tail != name or len(call.positional) != 1:
            continue
        frame = Frame(other.path, invocation.scope)
        if not _is(walk, call.callee, frame, facts):
            continue
        texts = [e for e in walk.follow(call.positional[0], frame) if isinstance(e, Found)]
        if not texts or any(_is_foreign(e, facts, scope) for e in texts):
            yield OtherUse(at=call.at.within(other.path), kind=UseKind.ENUMERATED, written=name)


def _declared(walk: Walk, other: FileFacts) -> Iterator[tuple[Expression, str]]:
    """Yield the types of what is given from outside, with the scope that each is read in."""
    for scope in other.scopes.values():
        outer = scope.parent or ""
        if scope.kind is ScopeKind.FUNCTION and any(map(_answers, scope.decorators)):
            given = (each.annotation for each in scope.parameters)
            yield from ((each, outer) for each in given if each is not None)
        elif scope.kind is ScopeKind.CLASS and _reads_text(walk, other, scope):
            fields = (each.annotation for each in scope.bindings)
            yield from ((each, outer) for each in fields if each is not None)


def _answers(decorator: Expression) -> bool:
    callee = decorator.callee if isinstance(decorator, Call) else decorator
    return isinstance(callee, Member) and callee.name in _ASKED_FROM_OUTSIDE


def _reads_text(walk: Walk, other: FileFacts, scope: Scope) -> bool:
    frame = Frame(other.path, scope.parent or "")
    ends = (end for base in scope.bases for end in walk.follow(base, frame))
    return any(isinstance(end, Outside) and end.name.endswith(_READ_FROM_TEXT) for end in ends)


def named_in(annotation: Expression) -> Iterator[Name | Member]:
    """Yield the names that an annotation mentions."""
    match annotation:
        case Name() | Member():
            yield annotation
        case Item(base=base, key=key):
            yield from (*named_in(base), *named_in(key))
        case Series(items=parts) | Opaque(inner=parts):
            for each in parts:
                yield from named_in(each)
        case _:
            return


def _is(walk: Walk, expression: Expression, frame: Frame, facts: FileFacts) -> bool:
    ends = walk.follow(expression, frame)
    return any(isinstance(each, Defined) and each.path == facts.path for each in ends)


def _is_foreign(end: Found, facts: FileFacts, scope: Scope) -> bool:
    """Whether a value does not come from a member of the enum itself."""
    own = {binding.value.at for binding in scope.bindings if binding.value is not None}
    return end.frame.path != facts.path or end.expression.at not in own
