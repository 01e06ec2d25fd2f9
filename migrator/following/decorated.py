"""Follow a parameter that a decorator fills: an option of a command, or an argument of its own.

Source: https://click.palletsprojects.com/en/stable/parameters/ (names, defaults, envvar).
"""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.expression import Call, Expression, Member, Name, Text
from migrator.domain.facts import FileFacts, Invocation, Parameter, Scope, ScopeKind
from migrator.domain.trail import (
    Defined,
    Entered,
    Found,
    Frame,
    Hop,
    HopKind,
    Lost,
    Outside,
    Trail,
)
from migrator.following.classes import class_member
from migrator.following.defaults import texts_of
from migrator.following.hops import MOST_NESTED, entered_by, via
from migrator.following.hydra import composed
from migrator.following.port import Walk
from migrator.following.scopes import FromParameter, lookup

_OPTIONS = frozenset(
    f"{library}.{name}"
    for library in ("click", "asyncclick", "rich_click")
    for name in ("option", "argument", "decorators.option")
)
_VALIDATORS = frozenset({"field_validator", "validator", "validates"})


def from_decorators(
    walk: Walk, facts: FileFacts, function: Scope, parameter: Parameter
) -> tuple[Trail, ...]:
    """Give what the decorators of a function pass for one of its parameters."""
    outer = Frame(facts.path, function.parent or "")
    trails: tuple[Trail, ...] = ()
    for decorator in function.decorators:
        for option, where in _options(walk, decorator, outer):
            if parameter_name(option) == parameter.name:
                trails += _default(walk, option, where, parameter.name)
        trails += _injected(walk, decorator, outer, parameter.name)
        trails += _validated(walk, facts, function, parameter, decorator)
        if function.parameters[:1] == (parameter,):
            trails += composed(walk, decorator, outer)
    return trails


def _validated(
    walk: Walk, facts: FileFacts, function: Scope, parameter: Parameter, decorator: Expression
) -> tuple[Trail, ...]:
    """Follow the value that a validator is given to the fields that it validates."""
    owner = facts.scopes.get(function.parent or "")
    value = function.parameters[1:2]
    if owner is None or owner.kind is not ScopeKind.CLASS or value != (parameter,):
        return ()
    at = parameter.at.within(facts.path)
    trails: tuple[Trail, ...] = ()
    for name in validated_fields(decorator):
        trails += class_member(walk, facts.path, owner.symbol, name, at)
    return trails


def validated_fields(decorator: Expression) -> tuple[str, ...]:
    """Name the fields that a method with this decorator validates."""
    if not isinstance(decorator, Call):
        return ()
    callee = decorator.callee
    called = callee.name if isinstance(callee, Name | Member) else ""
    return texts_of(decorator) if called in _VALIDATORS else ()


def _options(walk: Walk, decorator: Expression, frame: Frame) -> Iterator[tuple[Call, Frame]]:
    for end in walk.follow(decorator, frame):
        if isinstance(end, Found) and isinstance(end.expression, Call):
            made = walk.follow(end.expression.callee, end.frame)
            if any(isinstance(each, Outside) and each.name in _OPTIONS for each in made):
                yield end.expression, end.frame


def parameter_name(option: Call) -> str:
    """Name the parameter that an option fills: its bare name, else its first long flag."""
    names = [each.value for each in option.positional if isinstance(each, Text)]
    bare = [each for each in names if each.isidentifier()]
    flags = sorted(names, key=lambda each: not each.startswith("--"))
    first = next(iter(bare or flags), "")
    return first.partition("/")[0].lstrip("-").replace("-", "_").lower()


def _default(walk: Walk, option: Call, frame: Frame, name: str) -> tuple[Trail, ...]:
    at = option.at.within(frame.path)
    given = {each.name: each.value for each in option.keywords}
    hops = [Hop(at, HopKind.OPTION, detail=name)]
    variable = given.get("envvar")
    if variable is not None:
        hops += [Hop(at, HopKind.ENVIRONMENT, detail=each) for each in texts_of(variable)]
    default = given.get("default")
    if default is None:
        reason = f"option {name} has no default; whoever starts the program gives it"
        return (Lost(reason, at),)
    return via(walk.follow(default, frame), *hops)


def _injected(walk: Walk, decorator: Expression, frame: Frame, name: str) -> tuple[Trail, ...]:
    """Follow what a decorator of the project passes when it calls the function it was given."""
    call = decorator if isinstance(decorator, Call) else None
    trails: tuple[Trail, ...] = ()
    for end in walk.follow(decorator if call is None else call.callee, frame):
        if not isinstance(end, Defined) or frame.depth >= MOST_NESTED:
            continue
        facts = walk.file(end.path)
        maker = facts.scopes.get(end.symbol) if facts else None
        if facts is None or maker is None or maker.kind is not ScopeKind.FUNCTION:
            continue
        entered: tuple[Entered, ...] = ()
        if call is not None:
            entered = (Entered(end.path, end.symbol, call.at, frame, call),)
        for invocation in _calls_of_the_function(facts, maker):
            inside = Frame(end.path, invocation.scope, entered)
            passed = Hop(invocation.call.at.within(end.path), HopKind.ARGUMENT, detail=name)
            hop = Hop(decorator.at.within(frame.path), HopKind.DECORATOR, detail=maker.symbol)
            trails += via(tuple(_passed(walk, invocation.call, inside, name)), passed, hop)
    return entered_by(trails, None)


def _calls_of_the_function(facts: FileFacts, maker: Scope) -> Iterator[Invocation]:
    """Yield the calls inside a decorator of the function that it, or its inner one, was given."""
    for invocation in facts.invocations:
        inside = f"{invocation.scope}.".startswith(f"{maker.symbol}.")
        callee = invocation.call.callee
        if inside and isinstance(callee, Name):
            found = lookup(facts, invocation.scope, callee.name, None)
            if isinstance(found, FromParameter) and found.scope.symbol != invocation.scope:
                yield invocation


def _passed(walk: Walk, call: Call, frame: Frame, name: str) -> Iterator[Trail]:
    for keyword in call.keywords:
        if keyword.name == name:
            yield from walk.follow(keyword.value, frame)
        elif keyword.name is None and isinstance(keyword.value, Name):
            yield from _put(walk, keyword.value, name, frame)


def _put(walk: Walk, table: Name, key: str, frame: Frame) -> Iterator[Trail]:
    """Follow what the wrapper itself puts under a key of the keywords that it passes on."""
    facts = walk.file(frame.path)
    scope = facts.scopes.get(frame.symbol) if facts else None
    for each in scope.bindings if scope else ():
        if (each.name, each.how, each.key) == (table.name, "item", key) and each.value is not None:
            yield from walk.follow(each.value, frame)
