"""Find the objects that `self` is in a method that was entered from a known call."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from migrator.domain.expression import Call, Expression, Member, Name, dotted
from migrator.domain.facts import FileFacts, Parameter, Scope
from migrator.domain.trail import Defined, Entered, Found, Frame
from migrator.following.ancestry import is_class
from migrator.following.construction import is_call_up
from migrator.following.mro import found_method
from migrator.following.partials import called_of
from migrator.following.port import Walk
from migrator.following.scopes import class_given, method_around, method_with_self

_CONSTRUCTOR = ".__init__"
_CALLED = ".__call__"
BELOW = ".__init_subclass__"


@dataclass(frozen=True, slots=True)
class Instance:
    """An object of a class of the repository; a class itself where nothing `made` it.

    `frame` is where the call that made it is read.
    """

    path: str
    symbol: str
    made: Call | None
    frame: Frame


@dataclass(frozen=True, slots=True)
class Selves:
    """The objects that `self` can be; `untold` where others may be meant as well."""

    instances: tuple[Instance, ...] = ()
    untold: bool = False


_UNTOLD = Selves(untold=True)


def selves(walk: Walk, facts: FileFacts, method: Scope, frame: Frame) -> Selves | None:
    """Give the objects that a method around `frame` is called on.

    None where neither a known call entered it nor the frame knows what made its object: then it
    may be any object that has the method.
    """
    key = (facts.path, method.symbol)
    known = next((each for each in frame.callers if (each.path, each.symbol) == key), None)
    if known is not None:
        return _of_call(walk, facts, method, known)
    constructor = (facts.path, f"{method.parent}{_CONSTRUCTOR}")
    ours = [each for each in frame.own if (each.path, each.symbol) == constructor]
    made = [_made(walk, each.call, each.caller) or _UNTOLD for each in ours]
    if not made:
        return None
    instances = tuple(one for each in made for one in each.instances)
    return Selves(instances, any(each.untold for each in made))


def called_on(
    walk: Walk, facts: FileFacts, method: Scope, parameter: Parameter, frame: Frame
) -> tuple[Found, ...]:
    """Give what the first parameter of a method holds, where all of it is known."""
    own = method_with_self(facts, method.symbol, parameter.name)
    known = selves(walk, facts, method, frame) if own is method else None
    if known is None or known.untold:
        return ()
    return tuple(Found(each.made, each.frame) for each in known.instances if each.made)


def made_more_than_once(walk: Walk, facts: FileFacts, method: Scope) -> bool:
    """Whether several calls in view make objects of the class that has a method."""
    owner = facts.scopes[method.parent or ""]
    own = facts.scopes.get(owner.symbol + _CONSTRUCTOR, owner)
    below = walk.callers.below(walk, facts.path, owner.symbol)
    return len(walk.callers.of(walk, facts.path, own)) + len(below) > 1


def reading(made: Call, name: str) -> Call:
    """Give what enters a method of the object that a call made, as far as it takes nothing."""
    return Call(made.at, Member(made.at, made, name), (), ())


def _of_call(walk: Walk, facts: FileFacts, method: Scope, known: Entered) -> Selves | None:
    if method.symbol.endswith(_CONSTRUCTOR):
        return _made(walk, known.call, known.caller)
    callee = known.call.callee
    if method.symbol.endswith(_CALLED):
        return _received(walk, facts, method, known.call, callee, known.caller)
    if not isinstance(callee, Member):
        return _UNTOLD
    base = callee.base
    if isinstance(base, Call) and (dotted(base.callee) == "super" or is_call_up(base)):
        return _outer(walk, known.caller)
    if isinstance(base, Name):
        caller = walk.file(known.caller.path)
        own = method_with_self(caller, known.caller.symbol, base.name) if caller else None
        if caller and own:
            return selves(walk, caller, own, known.caller)
    return _received(walk, facts, method, known.call, base, known.caller)


def _outer(walk: Walk, frame: Frame) -> Selves | None:
    """Give the objects of the method that a frame stands in."""
    facts = walk.file(frame.path)
    method = method_around(facts, frame.symbol) if facts else None
    return selves(walk, facts, method, frame) if facts and method else None


def _made(walk: Walk, call: Call, frame: Frame) -> Selves | None:
    """Give the object that a call makes, once for each class that its callee can be."""
    if is_call_up(call):
        return _outer(walk, frame)
    found = tuple(_instances(walk, call, frame))
    return Selves(found) if found else _UNTOLD


def _instances(walk: Walk, call: Call, frame: Frame) -> Iterator[Instance]:
    for end, made in called_of(walk, call, frame):
        if isinstance(end, Defined) and is_class(walk, end.path, end.symbol):
            yield Instance(end.path, end.symbol, made, frame)


def _received(
    walk: Walk, facts: FileFacts, method: Scope, call: Call, base: Expression, frame: Frame
) -> Selves:
    """Give the objects that an expression can be, of those that have this very method."""
    key, name = (facts.path, method.symbol), method.symbol.rpartition(".")[2]
    found: list[Instance] = []
    untold = False
    for end in walk.follow(base, frame):
        match end:
            case Found(expression=Call() as made, frame=inside):
                own = _made(walk, made, inside)
            case Defined(path=path, symbol=symbol) if is_class(walk, path, symbol):
                own = _of_class(walk, facts, method, call, Instance(path, symbol, None, frame))
            case _:
                own = None
        found += own.instances if own else ()
        untold = untold or own is None or own.untold
    ours = [each for each in found if found_method(walk, each.path, each.symbol, name) == key]
    return Selves(tuple(ours), untold or not ours)


def _of_class(
    walk: Walk, facts: FileFacts, method: Scope, call: Call, owner: Instance
) -> Selves | None:
    """Give the class that its own method is called on, or the object in `Class.method(object)`."""
    given = any(class_given(facts, method, each) for each in method.parameters[:1])
    if given or method.symbol.endswith(BELOW):
        return Selves((owner,))
    if not call.positional or dotted(call.callee) is None:
        return None
    return _received(
        walk, facts, method, replace(call, positional=()), call.positional[0], owner.frame
    )
