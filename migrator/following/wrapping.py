"""Find how decorators of the project call the functions that they stand in for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from migrator.domain.expression import Call, Expression, Member, Name, Opaque, dotted
from migrator.domain.facts import FileFacts, Parameter, Scope, ScopeKind
from migrator.domain.trail import Defined, Entered, Found, Frame, Lost, Outside, Trail
from migrator.following.arguments import is_bound, passed
from migrator.following.deferred import deferred
from migrator.following.definitions import definition_of
from migrator.following.handed_through import Wrapping, hands_on
from migrator.following.port import Walk
from migrator.following.scopes import FromParameter, is_static, lookup, visible_scopes

MOST_HANDED_ON = 3
MOST_WRAPPINGS = 8
_CONSTRUCTOR, _CALLED = "__init__", "__call__"
# What these give is called with the arguments by themselves: `cold(wrapped, instance, args, kw)`.
_MAKES_DECORATORS = frozenset({"decorator"})


@dataclass(frozen=True, slots=True)
class _Given:
    """What a decorator gets: the parameter that takes the function, and how that was entered."""

    facts: FileFacts
    maker: Scope
    taking: Scope
    parameter: Parameter
    frame: Frame
    around: Wrapping | None = None


def wrappings(
    walk: Walk, facts: FileFacts, function: Scope, decorator: Expression
) -> tuple[tuple[Wrapping, ...], tuple[Lost, ...]]:
    """Give the calls by which a decorator of the project changes what it hands on.

    None for what hands on what it is given, or is not of the project. Then those that cannot be
    followed.
    """
    return wrappings_by(walk, decorator, Frame(facts.path, function.parent or ""))


def wrappings_by(
    walk: Walk, decorator: Expression, outer: Frame
) -> tuple[tuple[Wrapping, ...], tuple[Lost, ...]]:
    """Give the same for a decorator that is read in a frame, whatever it is applied to."""
    found: list[Wrapping] = []
    lost: list[Lost] = []
    for given in _given(walk, decorator, outer):
        calls = tuple(_calls(walk, given, decorator))
        changing = tuple(each for each in calls if not hands_on(walk, each))
        found += changing[:MOST_WRAPPINGS]
        if len(changing) > MOST_WRAPPINGS or (not calls and not _gives_back(walk, given)):
            name = given.maker.symbol
            reason = f"what decorator {name} passes to the function cannot be followed"
            lost.append(Lost(reason, decorator.at.within(outer.path)))
    return tuple(found), tuple(lost)


def _given(walk: Walk, decorator: Expression, outer: Frame) -> Iterator[_Given]:
    call = decorator if isinstance(decorator, Call) else None
    for end in walk.follow(decorator if call is None else call.callee, outer):
        made, inside = call, outer
        if call is None and isinstance(end, Found) and isinstance(end.expression, Call):
            made, inside = end.expression, end.frame
            definitions: tuple[Trail, ...] = walk.follow(made.callee, inside)
        else:
            definitions = (end,)
        for each in definitions:
            found = definition_of(walk, each)
            if found and found[1].kind is ScopeKind.CLASS:
                yield from _of_class(found[0], found[1], made, decorator, inside)
            elif found and made is call:
                yield from _of_function(walk, found[0], found[1], decorator, outer)


def _of_class(
    facts: FileFacts, owner: Scope, made: Call | None, decorator: Expression, frame: Frame
) -> Iterator[_Given]:
    """Read a class whose objects stand in, or make what does when they are called."""
    name = _CONSTRUCTOR if made is None else _CALLED
    method = facts.scopes.get(f"{owner.symbol}.{name}")
    if method is None or len(method.parameters) < 2:  # noqa: PLR2004
        return
    call = made or Call(decorator.at, decorator, (), ())
    entry = Entered(facts.path, f"{owner.symbol}.{_CONSTRUCTOR}", call.at, frame, call)
    inside = Frame(facts.path, method.symbol, own=(entry,))
    yield _Given(facts, owner, method, method.parameters[1], inside)


def _of_function(
    walk: Walk, facts: FileFacts, maker: Scope, decorator: Expression, outer: Frame
) -> Iterator[_Given]:
    """Read a function that takes the function, or gives what takes it."""
    call = decorator if isinstance(decorator, Call) else Call(decorator.at, decorator, (), ())
    entry = Entered(facts.path, maker.symbol, call.at, outer, call)
    frame = Frame(facts.path, maker.symbol, (entry,))
    takers = [maker]
    if isinstance(decorator, Call):
        inner = [e for e in facts.scopes.values() if e.parent == maker.symbol]
        takers = [e for e in inner if e.kind is ScopeKind.FUNCTION and _first(facts, e)]
        takers = [e for e in takers if _is_returned(walk, facts, maker, e)] or [maker]
    for each in takers:
        first = _first(facts, each)
        if first is not None:
            yield _Given(facts, maker, each, first, frame.inside(each.symbol))


def _is_returned(walk: Walk, facts: FileFacts, maker: Scope, inner: Scope) -> bool:
    frame = Frame(facts.path, maker.symbol)
    names = [dotted(each) for each in maker.returns]
    if inner.symbol.rpartition(".")[2] in names:
        return True
    ends = [end for each in maker.returns for end in walk.follow(each, frame)]
    found = {(each.path, each.symbol) for each in ends if isinstance(each, Defined)}
    return (facts.path, inner.symbol) in found


def _first(facts: FileFacts, scope: Scope) -> Parameter | None:
    """Give the first parameter that a call gives by position."""
    parent = facts.scopes.get(scope.parent or "")
    bound = parent is not None and parent.kind is ScopeKind.CLASS and not is_static(scope)
    named = [each for each in scope.parameters if each.kind == "positional"]
    return next(iter(named[1 if bound else 0 :]), None)


def _calls(walk: Walk, given: _Given, decorator: Expression, depth: int = 0) -> Iterator[Wrapping]:
    """Yield the calls of the function that was given, wherever it is handed on to."""
    facts, held = given.facts, _held(given)
    area = given.maker.symbol if held else given.taking.symbol
    for invocation in facts.invocations:
        if not f"{invocation.scope}.".startswith(f"{area}."):
            continue
        at_once = invocation.scope == given.taking.symbol
        if _is_given(given, invocation.call.callee, invocation.scope, held):
            if not at_once or depth or _stands_in(given) or invocation.call.keywords:
                yield _wrapping(given, decorator, invocation.call, invocation.scope)
            continue
        later = deferred(invocation)
        if later is not None and _is_given(given, later.call.callee, invocation.scope, held):
            yield _later(_wrapping(given, decorator, later.call, invocation.scope))
        elif depth < MOST_HANDED_ON:
            yield from _handed_on(walk, given, decorator, invocation.call, invocation.scope, depth)


def _handed_on(
    walk: Walk, given: _Given, decorator: Expression, call: Call, symbol: str, depth: int
) -> Iterator[Wrapping]:
    """Yield the calls in a function of the project that the function is handed on to."""
    held = _held(given)
    if not any(_is_given(given, each, symbol, held) for each in call.given):
        return
    around = given.around or _wrapping(given, decorator, call, symbol)
    for end in walk.follow(call.callee, around.frame):
        found = definition_of(walk, end)
        if found is None or found[1].kind is not ScopeKind.FUNCTION:
            continue
        facts, taking = found
        bound = is_bound(walk, facts.path, taking, call)
        entry = Entered(facts.path, taking.symbol, call.at, given.frame.inside(symbol), call)
        inside = Frame(facts.path, taking.symbol, (entry,))
        for parameter in taking.parameters:
            value = passed(call, taking, parameter, bound=bound).value
            if value is not None and _is_given(given, value, symbol, held):
                own = around if around.stand_in else None
                again = _Given(facts, taking, taking, parameter, inside, own)
                yield from _calls(walk, again, decorator, depth + 1)


def _wrapping(given: _Given, decorator: Expression, call: Call, symbol: str) -> Wrapping:
    stand_in, path = _stand_in(given, symbol), given.facts.path
    if given.around is not None:
        stand_in, path = given.around.stand_in, given.around.path
    frame = given.frame.inside(symbol)
    return Wrapping(decorator, given.maker.symbol, path, call, frame, stand_in)


def _stand_in(given: _Given, symbol: str) -> Scope | None:
    """Give the function that is entered instead of the one given, which calls it in a scope."""
    if _stands_in(given):
        return None
    called = f"{given.maker.symbol}.{_CALLED}"
    for each in visible_scopes(given.facts, symbol):
        if each.symbol == called if _held(given) else each.parent == given.taking.symbol:
            return each
    return None


def _later(wrapping: Wrapping) -> Wrapping:
    """Give a call that is put off, without what stands for the arguments that come later."""
    known = tuple(
        each
        for each in wrapping.call.keywords
        if each.name is not None or not isinstance(each.value, Opaque)
    )
    more = len(known) < len(wrapping.call.keywords)
    return replace(wrapping, call=replace(wrapping.call, keywords=known), keeps_more=more)


def _held(given: _Given) -> str | None:
    """Name the member that an object keeps the function under."""
    if not given.taking.symbol.endswith(f".{_CONSTRUCTOR}"):
        return None
    kept = (
        each.name.partition(".")[2]
        for each in given.taking.bindings
        if isinstance(each.value, Name) and each.value.name == given.parameter.name
    )
    return next((each for each in kept if each), None)


def _stands_in(given: _Given) -> bool:
    """Whether a library makes the decorator of the function: it then is what stands in."""
    called = (e.callee if isinstance(e, Call) else e for e in given.maker.decorators)
    names = {(dotted(each) or "").rpartition(".")[2] for each in called}
    return bool(names & _MAKES_DECORATORS)


def _is_given(given: _Given, value: Expression, symbol: str, held: str | None) -> bool:
    match value:
        case Name(name=name) if name == given.parameter.name:
            found = lookup(given.facts, symbol, name, None)
            return isinstance(found, FromParameter) and found.scope.symbol == given.taking.symbol
        case Member(base=Name(), name=name):
            return held is not None and name == held
        case _:
            return False


def _gives_back(walk: Walk, given: _Given) -> bool:
    """Whether a decorator gives the function back itself, or as a library makes it."""
    symbol, held = given.taking.symbol, _held(given)
    if held is not None:
        return False
    returns = given.taking.returns
    return all(_is_plain(walk, given, each, given.frame.inside(symbol)) for each in returns)


def _is_plain(walk: Walk, given: _Given, value: Expression, frame: Frame) -> bool:
    if _is_given(given, value, frame.symbol, None):
        return True
    for end in walk.follow(value, frame):
        match end:
            case Outside() | Lost():
                continue
            case Found(expression=Call() as call, frame=inside):
                if not _is_outside(walk, call.callee, inside):
                    return False
            case _:
                return False
    return True


def _is_outside(walk: Walk, callee: Expression, frame: Frame) -> bool:
    for end in walk.follow(callee, frame):
        match end:
            case Outside():
                continue
            case Found(expression=Call() as call, frame=inside):
                if not _is_outside(walk, call.callee, inside):
                    return False
            case _:
                return False
    return True
