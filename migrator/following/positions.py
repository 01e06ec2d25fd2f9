"""Follow arguments that a function takes and hands on by position: `*arguments`."""

from __future__ import annotations

from migrator.domain.expression import Series, Spread
from migrator.domain.facts import Parameter, Scope
from migrator.domain.trail import Entered, Found, Hop, HopKind, Trail
from migrator.following.hops import entered_with, via
from migrator.following.partials import Given, given_before, is_before
from migrator.following.port import Walk


def rest_passed(function: Scope, entered: Entered, *, bound: bool) -> tuple[Found, ...]:
    """Give what a call passes for `*arguments`: all that no other parameter takes by position."""
    given = entered.call.positional
    taken = len([e for e in function.parameters if e.kind == "positional"]) - int(bound)
    if any(isinstance(each, Spread) for each in given[:taken]):
        return ()
    return (Found(Series(entered.call.at, given[taken:], "tuple"), entered.caller),)


def item_passed(
    walk: Walk, function: Scope, parameter: Parameter, entered: Entered, *, bound: bool
) -> tuple[Trail, ...]:
    """Follow the item of `*arguments` that a call passes for a parameter by its position."""
    names = [each.name for each in function.parameters if each.kind == "positional"]
    given = entered.call.positional
    spread = next((i for i, each in enumerate(given) if isinstance(each, Spread)), None)
    if parameter.name not in names or spread is None:
        return ()
    index = names.index(parameter.name) - int(bound) - spread
    if is_before(given[spread]):
        return _beforehand(walk, entered, spread, index, parameter.name)
    trails: tuple[Trail, ...] = ()
    for end in walk.follow(given[spread], entered.caller) if index >= 0 else ():
        match end:
            case Found(expression=Series(items=items), frame=frame):
                before = items[: index + 1]
                if index < len(items) and not any(isinstance(e, Spread) for e in before):
                    trails += entered_with(walk.follow(items[index], frame), end)
            case _:
                return ()
    return trails


def _beforehand(
    walk: Walk, entered: Entered, spread: int, index: int, name: str
) -> tuple[Trail, ...]:
    """Follow an item of what partials were given by position, or of what comes after that."""
    trails: tuple[Trail, ...] = ()
    after = entered.call.positional[spread + 1 :]
    for way in given_before(walk, entered.call.positional[spread], entered.caller):
        items = [(value, each.frame) for each in way for value in each.call.positional]
        items += [(value, entered.caller) for value in after]
        before = items[: index + 1]
        if 0 <= index < len(items) and not any(isinstance(e, Spread) for e, _ in before):
            found = walk.follow(*items[index])
            trails += via(found, *(_made(each, name) for each in way))
    return trails


def _made(given: Given, name: str) -> Hop:
    return Hop(given.call.at.within(given.frame.path), HopKind.ARGUMENT, detail=name)
