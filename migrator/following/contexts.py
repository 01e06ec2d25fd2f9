"""Follow what a `with` statement enters, and what a generator hands to whoever waits for it.

Sources: https://docs.python.org/3/library/contextlib.html#contextlib.contextmanager,
https://fastapi.tiangolo.com/tutorial/dependencies/dependencies-with-yield/.
"""

from __future__ import annotations

from migrator.domain.expression import Call, Expression, Member, Name
from migrator.domain.facts import Binding, Scope
from migrator.domain.source import Location
from migrator.domain.trail import Defined, Found, Frame, Outside, Trail
from migrator.following.classes import class_member
from migrator.following.definitions import definition_of
from migrator.following.hops import via
from migrator.following.loops import follow_loop
from migrator.following.port import Walk

_MANAGERS = frozenset({"contextlib.contextmanager", "contextlib.asynccontextmanager"})
_ENTERS = ("__enter__", "__aenter__")


def as_bound(
    walk: Walk, binding: Binding, ends: tuple[Trail, ...], frame: Frame
) -> tuple[Trail, ...]:
    """Give what a binding gives its name, from the ends of the value that it is made of."""
    match binding.how:
        case "loop":
            return follow_loop(walk, binding, ends, frame)
        case "with":
            return tuple(each for end in ends for each in _entered(walk, end, binding.at) or (end,))
        case _:
            return ends


def waits_at_its_yield(walk: Walk, path: str, function: Scope) -> bool:
    """Tell whether calling a function gives a context, in which it waits at its `yield`."""
    outer = Frame(path, function.parent or "")
    return any(
        isinstance(end, Outside) and end.name in _MANAGERS
        for decorator in function.decorators
        for end in walk.follow(decorator, outer)
    )


def _entered(walk: Walk, end: Trail, at: Location) -> tuple[Trail, ...]:
    """Follow what an object of the project gives when it is entered; nothing if that is itself."""
    if not (isinstance(end, Found) and isinstance(end.expression, Call)):
        return ()
    made, frame = end.expression, end.frame
    for callee in walk.follow(made.callee, frame):
        if isinstance(callee, Defined) and callee.symbol:
            for name in _ENTERS:
                if _gives_another(walk, callee, name, made, frame):
                    # it stands at the name that it is entered as: the walk tells it from `made`
                    entering = Call(at, Member(at, made, name), (), ())
                    return via(walk.follow(entering, frame), *end.hops)
    return ()


def _gives_another(walk: Walk, owner: Defined, name: str, made: Call, frame: Frame) -> bool:
    for member in class_member(walk, owner.path, owner.symbol, name, made.at.within(frame.path)):
        found = definition_of(walk, member)
        if found and found[1].returns:
            return not any(_is_self(found[1], each) for each in found[1].returns)
    return False


def _is_self(method: Scope, value: Expression) -> bool:
    first = method.parameters[0].name if method.parameters else "self"
    return isinstance(value, Name) and value.name == first
