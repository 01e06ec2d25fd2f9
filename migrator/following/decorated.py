"""Follow a parameter that a decorator fills: an option of a command, or an argument of its own.

Source: https://click.palletsprojects.com/en/stable/parameters/ (names, defaults, envvar).
"""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.expression import Call, Expression, Member, Name, Table, Text
from migrator.domain.facts import FileFacts, Parameter, Scope, ScopeKind
from migrator.domain.trail import (
    Entered,
    Found,
    Frame,
    Hop,
    HopKind,
    Lost,
    Outside,
    Trail,
)
from migrator.following.arguments import passed
from migrator.following.classes import class_member
from migrator.following.defaults import texts_of
from migrator.following.grown import defaults_set
from migrator.following.hops import MOST_NESTED, entered_by, via
from migrator.following.hydra import composed
from migrator.following.items import entry_of
from migrator.following.port import Walk
from migrator.following.wrapping import wrappings

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
        trails += _validated(walk, facts, function, parameter, decorator)
        if function.parameters[:1] == (parameter,):
            trails += composed(walk, decorator, outer)
    return trails + injected(walk, facts, function, parameter, None)[0]


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


def injected(
    walk: Walk, facts: FileFacts, function: Scope, parameter: Parameter, known: Entered | None
) -> tuple[tuple[Trail, ...], bool]:
    """Follow what decorators of the project pass when they call the function they were given.

    Tells whether that is all that a parameter can hold. `known` is the call that entered the
    function, which a decorator sees first.
    """
    trails: tuple[Trail, ...] = ()
    for decorator in function.decorators:
        outer = Frame(facts.path, function.parent or "")
        found, lost = wrappings(walk, facts, function, decorator)
        trails += lost if known else ()
        for each in found:
            frame = each.entered(known.call, known.caller) if known else each.frame
            if frame.depth > MOST_NESTED:
                continue
            given = passed(each.call, function, parameter, bound=False)
            inside = Hop(each.call.at.within(frame.path), HopKind.ARGUMENT, detail=parameter.name)
            hop = Hop(decorator.at.within(outer.path), HopKind.DECORATOR, detail=each.maker)
            if given.value is not None:
                value = via(walk.follow(given.value, frame), inside, hop)
                if not each.keeps_more and len(found) == 1:
                    return entered_by(value, None), True
                trails += value
            for splat in given.splats:
                trails += via(tuple(_in_table(walk, splat, parameter.name, frame)), inside, hop)
    return entered_by(trails, None), False


def _in_table(walk: Walk, table: Expression, key: str, frame: Frame) -> Iterator[Trail]:
    """Follow what a wrapper itself puts under a key of the keywords that it passes on."""
    at = table.at.within(frame.path)
    for end in walk.follow(table, frame):
        if isinstance(end, Found) and isinstance(end.expression, Table):
            yield from entry_of(walk, end.expression, end.frame, key, at)
    facts = walk.file(frame.path)
    scope = facts.scopes.get(frame.symbol) if facts else None
    if facts is None or scope is None or not isinstance(table, Name):
        return
    for each in (*scope.bindings, *defaults_set(facts, scope, table.name)):
        if each.name != table.name or each.value is None:
            continue
        if (each.how, each.key) == ("item", key):
            yield from walk.follow(each.value, frame)
        elif each.how in {"call", "augmented"}:
            for end in walk.follow(each.value, frame):
                if isinstance(end, Found) and isinstance(end.expression, Table):
                    yield from entry_of(walk, end.expression, end.frame, key, at)
                else:
                    yield Lost("what a decorator adds cannot be followed", at)
