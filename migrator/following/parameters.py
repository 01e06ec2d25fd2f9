"""Follow a parameter to what its callers pass."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrator.domain.expression import Expression, Name, Table
from migrator.domain.facts import FileFacts, Parameter, Scope
from migrator.domain.trail import (
    Confidence,
    Entered,
    Found,
    Frame,
    Hop,
    HopKind,
    Lost,
    Trail,
)
from migrator.following.arguments import hands_itself_on, is_bound, passed
from migrator.following.attributes import attribute_of
from migrator.following.decorated import from_decorators, injected
from migrator.following.defaults import variables_in
from migrator.following.deferred import is_later
from migrator.following.dependencies import depended_on
from migrator.following.graphs import GIVEN
from migrator.following.hops import MOST_NESTED, entered_by, via
from migrator.following.items import entry_of
from migrator.following.overridden_defaults import is_overridden
from migrator.following.partials import given_before, is_before
from migrator.following.picked import is_picked
from migrator.following.port import Walk
from migrator.following.positions import item_passed, rest_passed
from migrator.following.scopes import FromParameter, lookup
from migrator.following.selves import called_on
from migrator.following.ways import too_many


def follow_parameter(
    walk: Walk, facts: FileFacts, function: Scope, parameter: Parameter, frame: Frame
) -> tuple[Trail, ...]:
    """Give what a parameter can hold: its default, and what each caller in view passes."""
    known = next(
        (
            each
            for each in frame.callers
            if (each.path, each.symbol) == (facts.path, function.symbol)
        ),
        None,
    )
    if known:
        itself = called_on(walk, facts, function, parameter, frame)
        if itself or not function.decorators:
            return itself or _from_call(walk, facts, function, parameter, known)
        added, alone = injected(walk, facts, function, parameter, known)
        return added if alone else added + _from_call(walk, facts, function, parameter, known)
    passed_on, alone = injected(walk, facts, function, parameter, None)
    if alone and not any(isinstance(each, Lost) for each in passed_on):
        return passed_on  # whatever callers give
    overridden = parameter.default is not None and is_overridden(walk, facts, function, parameter)
    trails = () if overridden else _default(walk, facts, function, parameter)
    trails += from_decorators(walk, facts, function, parameter) if function.decorators else ()
    if frame.depth < MOST_NESTED:
        for caller, invocation, bound in walk.callers.of(walk, facts.path, function):
            if not walk.runs(caller, invocation.call.at.start):
                continue
            if hands_itself_on(facts, function, parameter, caller, invocation.call, bound=bound):
                continue  # a call from within, with what it was given: its callers tell
            entered = Entered(
                facts.path, function.symbol, invocation.call.at, caller, invocation.call
            )
            trails += _from_caller(walk, function, parameter, entered, bound=bound)
        trails += _left_out(walk, facts, function, parameter)
    at = parameter.at.within(facts.path)
    if trails and parameter.name in GIVEN and walk.callers.is_node(facts.path, function):
        trails += (Lost("whoever serves the graph may give another", at, caller=True),)
    name = function.symbol.rpartition(".")[2] or "the module"
    return trails or (
        Lost(
            f"parameter {parameter.name} of {name} comes from callers not in view", at, caller=True
        ),
    )


def _left_out(
    walk: Walk, facts: FileFacts, function: Scope, parameter: Parameter
) -> tuple[Trail, ...]:
    """Tell of the calls that are too many to be looked at, with what they pass, unread.

    The name of a method tells too little of whose it is.
    """
    left = walk.callers.left_out(facts.path, function)
    if not left:
        return ()
    ends: list[Trail] = []
    for path, invocation in left if function.parent == "" else ():
        given = passed(invocation.call, function, parameter, bound=False).value
        ends += [] if given is None else [Found(given, Frame(path, invocation.scope))]
    return (too_many(parameter.at.within(facts.path), ends),)


def _from_call(
    walk: Walk, facts: FileFacts, function: Scope, parameter: Parameter, known: Entered
) -> tuple[Trail, ...]:
    bound = is_bound(walk, facts.path, function, known.call)
    given = _argument(walk, function, parameter, known, bound=bound)
    surely = passed(known.call, function, parameter, bound=bound).value is not None
    trails = given
    if not given or not (surely or all(each.entered is None for each in given)):
        trails += _default(walk, facts, function, parameter)  # some callers leave it out
    if trails:
        return _through(trails, known) + _perhaps_later(function, parameter, known, trails)
    at = known.call.at.within(known.caller.path)
    unseen = f"the call does not show what it passes for {parameter.name}"
    return (Lost(unseen, at, caller=walk.callers.is_node(facts.path, function)),)


def _from_caller(
    walk: Walk,
    function: Scope,
    parameter: Parameter,
    entered: Entered,
    *,
    bound: bool,
) -> tuple[Trail, ...]:
    ways: dict[Entered | None, Entered] = {None: entered}  # frames are costly to make
    trails: list[Trail] = []
    for end in _argument(walk, function, parameter, entered, bound=bound):
        if end.entered and end.entered not in ways:
            caller = replace(entered.caller, callers=(*entered.caller.callers, end.entered))
            ways[end.entered] = replace(entered, caller=caller)
        trails += entered_by((end,), ways[end.entered])
    return tuple(trails)


def _perhaps_later(
    function: Scope, parameter: Parameter, entered: Entered, given: tuple[Trail, ...]
) -> tuple[Trail, ...]:
    """Tell that whoever calls a partial may give what it was not given itself."""
    if parameter.default is None or not any(is_later(each) for each in entered.call.keywords):
        return ()
    surely = passed(entered.call, function, parameter, bound=False).value is not None
    if surely or any(hop.kind is HopKind.ARGUMENT for each in given for hop in each.hops):
        return ()
    at = entered.call.at.within(entered.caller.path)
    return (Lost(f"whoever calls what is made here may give {parameter.name}", at),)


def _through(trails: tuple[Trail, ...], known: Entered) -> tuple[Trail, ...]:
    """Note how the caller of a function that was entered from a known call was entered itself."""
    found: list[Trail] = []
    for end in trails:
        outer = end.entered
        if outer is not None:
            caller = replace(known.caller, callers=(*known.caller.callers, outer))
            outer = replace(known, caller=caller)
        found += entered_by((end,), outer)
    return tuple(found)


def _argument(
    walk: Walk, function: Scope, parameter: Parameter, entered: Entered, *, bound: bool
) -> tuple[Trail, ...]:
    given = passed(entered.call, function, parameter, bound=bound)
    at = entered.call.at.within(entered.caller.path)
    hop = Hop(at, HopKind.ARGUMENT, _sure(walk, entered), parameter.name)
    if given.value is not None:
        return via(walk.follow(given.value, entered.caller), hop)
    if parameter.kind == "series":
        return via(rest_passed(function, entered, bound=bound), hop)
    item = item_passed(walk, function, parameter, entered, bound=bound)
    trails: tuple[Trail, ...] = via(item, hop)
    for splat in () if item else given.splats:
        trails += _of_splat(walk, splat, entered.caller, parameter.name, hop)
    return trails


def _sure(walk: Walk, entered: Entered) -> Confidence:
    """Tell whether a call is of one function for certain."""
    picked = is_picked(walk.follow(entered.call.callee, entered.caller))
    return Confidence.LIKELY if picked else Confidence.CERTAIN


def _of_splat(
    walk: Walk, splat: Expression, frame: Frame, name: str, hop: Hop
) -> tuple[Trail, ...]:
    trails: tuple[Trail, ...] = ()
    if is_before(splat):
        return via(tuple(_given_by_name(walk, splat, frame, name, hop)), hop)
    for end in walk.follow(splat, frame):
        if isinstance(end, Found) and isinstance(end.expression, Table):
            trails += via(entry_of(walk, end.expression, end.frame, name, hop.at), hop)
    if trails:
        return trails
    handed_on = extra_keyword(walk, splat, name, frame)
    if handed_on:
        return via(tuple(each for each in handed_on if not isinstance(each, Lost)), hop)
    return via(attribute_of(walk, splat, splat, name, frame), hop)


def _given_by_name(
    walk: Walk, splat: Expression, frame: Frame, name: str, hop: Hop
) -> Iterator[Trail]:
    """Follow what the last of several partials was given under a name."""
    for way in given_before(walk, splat, frame):
        for each in reversed(way):
            named = [k.value for k in each.call.keywords if k.name == name]
            tables = [k.value for k in each.call.keywords if k.name is None]
            found = tuple(end for value in named for end in walk.follow(value, each.frame))
            for table in () if found else tables:
                found += _of_splat(walk, table, each.frame, name, hop)
            if found:
                made = Hop(each.call.at.within(each.frame.path), HopKind.ARGUMENT, detail=name)
                yield from via(found, made)
                break


def _default(
    walk: Walk, facts: FileFacts, function: Scope, parameter: Parameter
) -> tuple[Trail, ...]:
    hop = Hop(parameter.at.within(facts.path), HopKind.DEFAULT_PARAMETER, detail=parameter.name)
    outer = Frame(facts.path, function.parent or "")
    if parameter.default is None:
        return via(depended_on(walk, parameter.annotation, outer), hop)
    read = (Hop(hop.at, HopKind.ENVIRONMENT, detail=v) for v in variables_in(parameter.annotation))
    return via(walk.follow(parameter.default, outer), *read, hop)


def extra_keyword(walk: Walk, base: Expression, key: str, frame: Frame) -> tuple[Trail, ...]:
    """Follow `kwargs[key]` to the callers; none when the base is not what takes all keywords."""
    facts = walk.file(frame.path)
    if facts is None or not isinstance(base, Name):
        return ()
    found = lookup(facts, frame.symbol, base.name, base.at.start)
    if not isinstance(found, FromParameter) or found.parameter.kind != "table":
        return ()
    named = Parameter(key, None, None, "keyword", found.parameter.at)
    mark = (f"{found.scope.symbol}({key}=)", base.at.start, Parameter, frame)
    return walk.once(
        mark,
        base.at.within(frame.path),
        lambda: follow_parameter(walk, facts, found.scope, named, frame),
    )
