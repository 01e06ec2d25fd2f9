"""Find the call that makes an instance of a class outside the repository, over subclasses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeGuard

from migrator.domain.expression import (
    Call,
    Expression,
    Item,
    Keyword,
    Member,
    Scalar,
    Series,
    Table,
    Text,
)
from migrator.domain.facts import FileFacts, Invocation, Scope, ScopeKind
from migrator.domain.trail import Defined, Frame, Outside, Trail
from migrator.following.ancestry import MOST_BASES, class_of
from migrator.following.hops import MOST_NESTED
from migrator.following.partials import called_of, is_uncalled
from migrator.following.port import Walk
from migrator.following.scopes import owner_class

Construction = tuple[str, Call, Frame]
_NAMING = ("model", "deployment", "engine")  # in the names of fields that choose a model


def constructions(walk: Walk, made: Call, frame: Frame) -> Iterator[Construction]:
    """Name the classes outside the repository that a call may make an instance of.

    With each comes the call that does so and the frame that it is read in: where classes of the
    repository with constructors stand between, that is the `super().__init__(…)` of the last one.
    """
    for end in callee_ends(walk, made.callee, frame):
        if is_uncalled(end):
            for inner, call in called_of(walk, made, frame):
                yield from _of_end(walk, inner, call, frame, 0)
            return
        yield from _of_end(walk, end, made, frame, 0)


def callee_ends(walk: Walk, callee: Expression, frame: Frame) -> tuple[Trail, ...]:
    """Follow a callee: `Agent[Context]` is the class `Agent`, `CLASSES["kind"]` an entry."""
    if isinstance(callee, Item):
        ends = walk.follow(callee.base, frame)
        if any(isinstance(each, Outside | Defined) for each in ends):
            return ends
    return walk.follow(callee, frame)


def constructed_above(walk: Walk, facts: FileFacts, invocation: Invocation) -> Iterator[str]:
    """Name the classes outside the repository whose constructor `super().__init__(…)` runs."""
    owner = owner_class(facts, invocation.scope)
    if owner is not None and is_call_up(invocation.call):
        frame = Frame(facts.path, invocation.scope)
        for name, call, _ in _above(walk, facts, owner, invocation.call, frame, 0):
            if call.at == invocation.call.at:
                yield name


def is_call_up(call: Call) -> bool:
    """Whether a call runs the constructor of a base class: `super().__init__(…)`."""
    return isinstance(call.callee, Member) and call.callee.name == "__init__"


def without_self(call: Call) -> Call:
    """Give `Base.__init__(self, …)` as `super().__init__(…)` would be written."""
    base = call.callee.base if isinstance(call.callee, Member) else None
    if isinstance(base, Call) or not call.positional:
        return call
    return replace(call, positional=call.positional[1:])


def _of_end(walk: Walk, end: Trail, made: Call, frame: Frame, depth: int) -> Iterator[Construction]:
    match end:
        case Outside(name=name):
            yield name, made, frame
        case Defined(path=path, symbol=symbol) if depth < MOST_BASES:
            facts = walk.file(path)
            scope = facts.scopes.get(symbol) if facts else None
            if facts is not None and scope is not None and scope.kind is ScopeKind.CLASS:
                yield from _of_class(walk, facts, scope, made, frame, depth)
        case _:
            return


def _of_class(
    walk: Walk, facts: FileFacts, scope: Scope, made: Call, frame: Frame, depth: int
) -> Iterator[Construction]:
    own = facts.scopes.get(f"{scope.symbol}.__init__")
    if own is None:
        yield from _above(walk, facts, scope, _with_fields(scope, made), frame, depth)
        return
    inside = Frame(facts.path, own.symbol)
    if frame.depth < MOST_NESTED:
        inside = walk.entered(facts.path, own, made, frame)
    for invocation in facts.invocations:
        if invocation.scope == own.symbol and is_call_up(invocation.call):
            call = without_self(invocation.call)
            yield from _above(walk, facts, scope, call, inside, depth)


def _with_fields(scope: Scope, made: Call) -> Call:
    """Give a call with the literals that a class itself sets as fields of its instances.

    Each ends where its own value stands, so that the walk tells them apart; none of them is edited.
    A text that may name a model stays away.
    """
    given = {each.name for each in made.keywords}
    fields = {each.name: each.value for each in scope.bindings if each.annotation is not None}
    added = tuple(
        Keyword(name, replace(value, at=replace(made.at, end=-value.at.start)))
        for name, value in fields.items()
        if value is not None and name not in given and _is_setting(value, name)
    )
    return replace(made, keywords=(*made.keywords, *added)) if added else made


def _is_setting(value: Expression, name: str) -> TypeGuard[Text | Scalar | Series | Table]:
    """Whether a field holds a literal, and none that may name a model."""
    return _is_literal(value) and not (
        isinstance(value, Text) and any(part in name for part in _NAMING)
    )


def _is_literal(value: Expression | None) -> bool:
    match value:
        case Series(items=items):
            return all(map(_is_literal, items))
        case Table(entries=entries):
            return all(_is_literal(each.key) and _is_literal(each.value) for each in entries)
        case _:
            return isinstance(value, Text | Scalar)


def _above(
    walk: Walk, facts: FileFacts, scope: Scope, made: Call, frame: Frame, depth: int
) -> Iterator[Construction]:
    outer = Frame(facts.path, scope.parent or "")
    for base in scope.bases:
        for end in walk.follow(class_of(base), outer):
            yield from _of_end(walk, end, made, frame, depth + 1)
