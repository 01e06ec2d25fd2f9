"""Give the ways into a function that takes another: calls of it, and what it decorates."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.expression import Call, Expression, Keyword, Member, Name
from migrator.domain.facts import FileFacts, Parameter, Scope, ScopeKind
from migrator.domain.trail import Defined, Entered, Frame
from migrator.following.port import Walk
from migrator.following.selves import BELOW


def ways_into(
    walk: Walk, facts: FileFacts, symbol: str, taking: Scope, parameter: Parameter
) -> Iterator[tuple[Frame, bool]]:
    """Give the frames of a scope in `taking`, once for each call that gives it a function.

    With each comes whether that decorates what is given: a decorator is such a call, and so is a
    class statement for `__init_subclass__` of its base.
    """
    maker = facts.scopes.get(taking.parent or "")
    outer = maker if maker is not None and maker.kind is ScopeKind.FUNCTION else None
    for entry in _calls(walk, facts, taking, outer):
        yield Frame(facts.path, symbol, (entry,)), False
    first = outer or taking
    for path, scope, decorator in walk.callers.decorated(first.symbol.rpartition(".")[2]):
        where = Frame(path, scope.parent or "")
        applied = outer is not None or not isinstance(decorator, Call)
        if applied and _reaches(walk, decorator, where, facts.path, first.symbol):
            entries = _entries(facts, taking, outer, scope, decorator, where)
            yield Frame(facts.path, symbol, entries), True
    if taking.symbol.endswith(BELOW):
        yield from _below(walk, facts, symbol, taking, parameter)


def _calls(walk: Walk, facts: FileFacts, taking: Scope, maker: Scope | None) -> Iterator[Entered]:
    """Enter a function through its calls; one made in the maker around it, through those of that.

    `def step(f=None): … return register(f)` hands on what `step(f)` gives, and nothing where it
    is asked for a decorator.
    """
    for caller, invocation, _ in walk.callers.of(walk, facts.path, taking):
        at, call = invocation.call.at, invocation.call
        inside = maker is not None and (caller.path, caller.symbol) == (facts.path, maker.symbol)
        if maker is None or not inside:
            yield Entered(facts.path, taking.symbol, at, caller, call)
            continue
        for where, making, _ in walk.callers.of(walk, facts.path, maker):
            frame = walk.entered(facts.path, maker, making.call, where)
            if walk.runs(frame, at.start):
                yield Entered(facts.path, taking.symbol, at, frame, call)


def _reaches(walk: Walk, decorator: Expression, frame: Frame, path: str, symbol: str) -> bool:
    called = decorator.callee if isinstance(decorator, Call) else decorator
    ends = walk.follow(called, frame)
    return any(isinstance(e, Defined) and (e.path, e.symbol) == (path, symbol) for e in ends)


def _entries(
    facts: FileFacts,
    taking: Scope,
    maker: Scope | None,
    decorated: Scope,
    decorator: Expression,
    where: Frame,
) -> tuple[Entered, ...]:
    """Give the calls that a decorator is: of the function that it makes, and of what makes it."""
    at = decorator.at
    given = _named(decorated)
    applied = Call(at, decorator, (given,), ())
    inner = Entered(facts.path, taking.symbol, at, where, applied)
    if maker is None:
        return (inner,)
    made = decorator if isinstance(decorator, Call) else applied
    return inner, Entered(facts.path, maker.symbol, at, where, made)


def _below(
    walk: Walk, facts: FileFacts, symbol: str, taking: Scope, parameter: Parameter
) -> Iterator[tuple[Frame, bool]]:
    """Enter `__init_subclass__` once for each class below, which the language hands to it."""
    owner = taking.parent or ""
    for path, scope in walk.callers.below(walk, facts.path, owner):
        keywords = (Keyword(parameter.name, _named(scope)), *scope.keywords)
        asked = Member(scope.at, _named(scope), BELOW.removeprefix("."))
        call = Call(scope.at, asked, (), keywords)
        where = Frame(path, scope.parent or "")
        entry = Entered(facts.path, taking.symbol, scope.at, where, call)
        yield Frame(facts.path, symbol, (entry,)), True


def _named(scope: Scope) -> Name:
    return Name(scope.at, scope.symbol.rpartition(".")[2])
