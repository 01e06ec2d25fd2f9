"""Find the code that fails on nothing, where the target is what nothing is found for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from migrator.domain.expression import (
    Call,
    Choice,
    Comparison,
    Expression,
    Item,
    Member,
    Name,
    Opaque,
    Scalar,
    Spread,
    Table,
    dotted,
)
from migrator.domain.facts import FileFacts, Guard, Invocation, Scope
from migrator.domain.gate import Gate, GateKind, Passage
from migrator.domain.parts import parts
from migrator.domain.source import Location
from migrator.domain.trail import Frame
from migrator.following.evaluate import Evaluator
from migrator.following.filtering import conditions_of
from migrator.following.outcomes import Evaluated, Many
from migrator.following.worlds import World
from migrator.stages.gates._caught import is_caught
from migrator.stages.gates._described import Crossing, gate_at
from migrator.stages.gates._involved import Candidate

MOST_CALLS = 3
WRAPPING = frozenset({"list", "tuple", "set", "sorted", "iter", "frozenset"})
_MATCHERS = frozenset({"match", "search", "fullmatch"})
_COUNTING = frozenset({"sub", "mult", "div", "floordiv", "mod", "pow", "sum", "usub", "uadd"})
_ORDERS = frozenset({"<", "<=", ">", ">="})
# Built-ins that raise when they are given None, and those that raise when given an empty series.
_REFUSING_NONE = frozenset({"int", "float", "len", "min", "max", "sum", "range", "round", "abs"})
_REFUSING_EMPTY = frozenset({"min", "max", "random.choice", "next"})
_RAISED = ("TypeError", "AttributeError", "IndexError", "ValueError")


@dataclass(frozen=True, slots=True)
class _Held:
    """Code that gives what was found, and the names in its scope that hold it."""

    at: Location
    frame: Frame
    names: frozenset[str]


def found_nothing(crossing: Crossing, candidates: Iterable[Candidate]) -> Iterator[Gate]:
    """Yield a gate for each place that fails on what is not found for the target.

    A comprehension that lets nothing pass for the target is told of in any case.
    """
    for each in candidates:
        found = _looked_for(crossing.after, each)
        if found is None or not _is_lost(crossing, found[0], each.frame):
            continue
        code, subject = found
        failing = list(_failing(crossing, code, each.frame, subject))
        yield from failing
        if isinstance(code, Opaque) and not failing:
            kind, passage = GateKind.LOOK_UP, Passage.DIFFERS
            yield gate_at(crossing, each.frame, code, kind, passage, subject)


def _looked_for(world: World, candidate: Candidate) -> tuple[Expression, Expression | None] | None:
    """Give what looks for something by the id, and the table or list that it looks into."""
    facts, code = world.file(candidate.frame.path), candidate.code
    match code:
        case Invocation(call=Call(callee=Member(base=base, name="get"), positional=(_,)) as call):
            return call, base
        case Invocation(call=Call(callee=Name(name="filter"), positional=(_, source)) as call):
            return call, source
        case Invocation(call=Call(callee=Name(name="next"), positional=(picked, _)) as call):
            return call, _source(picked)
        case Invocation(call=Call(callee=Name(name=name) | Member(name=name)) as call) if (
            name in _MATCHERS
        ):
            return call, None
        case Guard() if facts is not None:
            for around, _ in _pairs(facts, candidate.frame.symbol):
                if code in conditions_of(facts, around):
                    return around, _source(around)
                if isinstance(around, Choice) and around.test == code.test:
                    return around, None
            return None
        case _:
            return None


def _source(picked: Expression) -> Expression | None:
    match picked:
        case Opaque(what="comprehension", inner=(*_, source)):
            return source
        case Call(positional=(_, source)):
            return source
        case _:
            return None


def _is_lost(crossing: Crossing, code: Expression, frame: Frame) -> bool:
    """Whether something is found for the source, and for the target it is known that nothing is."""
    if not crossing.after.reaches(frame, code.at.start):
        return False
    was = Evaluator(crossing.before).evaluate(code, frame)
    will = Evaluator(crossing.after).evaluate(code, frame)
    nothing = will.value is None or will.value == Many((), complete=True)
    return will.known and will.ours and nothing and not (was.known and was.value == will.value)


def _failing(
    crossing: Crossing, found: Expression, frame: Frame, subject: Expression | None
) -> Iterator[Gate]:
    for held in _holding(crossing.after, found.at, frame, MOST_CALLS):
        facts = crossing.after.file(held.frame.path)
        for around, inner in _pairs(facts, held.frame.symbol) if facts else ():
            if _is_held(held, inner) and _fails(crossing, around, inner, held.frame):
                passage = Passage.RAISES
                table = gate_at(crossing, frame, found, GateKind.LOOK_UP, passage, subject)
                code = gate_at(crossing, held.frame, around, GateKind.LOOK_UP, passage, None)
                subject_of = table.subject or table.written
                yield replace(code, subject=subject_of, table=table.table)


def _holding(world: World, at: Location, frame: Frame, calls: int) -> Iterator[_Held]:
    """Give where a value is held: where it is made, under names, and by the callers it goes to."""
    facts = world.file(frame.path)
    scope = facts.scopes.get(frame.symbol) if facts else None
    if facts is None or scope is None:
        return
    names = frozenset(
        each.name
        for each in scope.bindings
        if each.how == "assignment" and each.value is not None and _wraps(each.value, at)
    )
    held = _Held(at, frame, names)
    yield held
    shared = frozenset(each for each in names if each.startswith("self."))
    for other in facts.scopes.values() if shared else ():
        if other.parent == scope.parent and other.symbol != scope.symbol:
            yield _Held(at, Frame(frame.path, other.symbol), shared)
    if calls and any(_is_held(held, each) or _wraps(each, at) for each in scope.returns):
        for where, invocation, _ in world.callers.of(world, frame.path, scope):
            yield from _holding(world, invocation.call.at, where, calls - 1)


def _wraps(value: Expression, at: Location) -> bool:
    match value:
        case Call(callee=Name(name=name), positional=(first,)) if name in WRAPPING:
            return _wraps(first, at)
        case Choice(options=options) if value.at != at:
            return any(_wraps(each, at) for each in options)
        case _:
            return value.at == at and not isinstance(value, Item)


def _is_held(held: _Held, inner: Expression) -> bool:
    if _wraps(inner, held.at):
        return True
    return isinstance(inner, Name | Member) and dotted(inner) in held.names


def _fails(crossing: Crossing, around: Expression, inner: Expression, frame: Frame) -> bool:
    if not crossing.after.reaches(frame, around.at.start):
        return False
    will = Evaluator(crossing.after).evaluate(inner, frame)
    if not (will.known and _refuses(around, inner, will)):
        return False
    was = Evaluator(crossing.before).evaluate(inner, frame)
    return not (was.known and was.value == will.value) and not _is_met(crossing, around, frame)


def _is_met(crossing: Crossing, around: Expression, frame: Frame) -> bool:
    """Whether the failure is caught, by an attempt around the nearest call or by the callers."""
    facts = crossing.after.file(frame.path)
    near = [
        each.caught
        for each in (facts.invocations if facts else ())
        if each.scope == frame.symbol
        and (_within(each.call.at, around.at) or _within(around.at, each.call.at))
    ]
    caught = next(iter(near), ())
    return any(is_caught(crossing.after, frame, caught, each) for each in _RAISED)


def _within(inner: Location, outer: Location) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _refuses(around: Expression, inner: Expression, nothing: Evaluated) -> bool:
    match nothing.value:
        case None:
            return _refuses_none(around, inner)
        case Many(items=(), complete=True):
            return _refuses_empty(around, inner)
        case _:
            return False


def _refuses_none(around: Expression, inner: Expression) -> bool:
    match around:
        case Member(base=base) | Item(base=base):
            return base is inner
        case Call(callee=callee, keywords=keywords) if callee is inner or any(
            each.name is None and each.value is inner for each in keywords
        ):
            return True
        case Call(callee=Name(name=name)):
            return name in _REFUSING_NONE
        case Opaque(what=what):
            return what in _COUNTING
        case Comparison(operator=operator):
            return operator in _ORDERS
        case _:
            return isinstance(around, Spread)


def _refuses_empty(around: Expression, inner: Expression) -> bool:
    match around:
        case Item(base=base, key=Scalar(value=int())):
            return base is inner
        case Member(name="pop"):
            return True
        case Call(callee=callee, positional=(_,), keywords=keywords):
            given = any(each.name == "default" for each in keywords)
            return dotted(callee) in _REFUSING_EMPTY and not given
        case _:
            return False


def _pairs(facts: FileFacts, symbol: str) -> Iterator[tuple[Expression, Expression]]:
    """Yield each expression of a scope beside each of what it is directly made of."""
    seen: set[tuple[int, int, str]] = set()
    pending = list(_written(facts, facts.scopes[symbol]))
    while pending:
        around = pending.pop()
        key = (around.at.start, around.at.end, type(around).__name__)
        if key not in seen:
            seen.add(key)
            inner = _inner(around)
            yield from ((around, each) for each in inner)
            pending += inner


def _written(facts: FileFacts, scope: Scope) -> Iterator[Expression]:
    yield from (each.value for each in scope.bindings if each.value is not None)
    yield from (*scope.returns, *scope.yields)
    yield from (each.call for each in facts.invocations if each.scope == scope.symbol)
    yield from (each.test for each in facts.guards if each.scope == scope.symbol)
    yield from (each.item for each in facts.lookups if each.scope == scope.symbol)


def _inner(expression: Expression) -> tuple[Expression, ...]:
    inner = tuple(parts(expression))
    match expression:
        case Item(key=key):
            return (*inner, key)
        case Table(entries=entries):
            return (*inner, *(each.key for each in entries if each.key is not None))
        case _:
            return inner
