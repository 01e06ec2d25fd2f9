"""Follow a value to the method that it stands for, uncalled: kept, wrapped, or with arguments."""

from __future__ import annotations

from dataclasses import dataclass

from migrator.domain.expression import Call, Expression, Member, Name, Text
from migrator.domain.trail import Defined, Found, Frame, Trail
from migrator.following.aliases import PARTIAL, called_name
from migrator.following.follow import Follower
from migrator.following.port import Walk
from migrator.following.worlds import SameCallers

_MOST_WRAPPED = 2


@dataclass
class MethodFollower(Follower):
    """Walks values as a `Follower` does, and ends at methods of objects outside the repository.

    `tails` are the last names of these methods. Calls that are given one, a `partial` of it or a
    decorator of it, are ends as well: they stand for the method with something added.
    """

    tails: frozenset[str] = frozenset()

    def _step(self, expression: Expression, frame: Frame) -> tuple[Trail, ...]:
        match expression:
            case Call() if called_name(expression.callee) == PARTIAL and expression.positional:
                return (Found(expression, frame),)
            case Call() if wraps_method(expression, self.tails):
                return (Found(expression, frame),)
            case Member(name=name) if name in self.tails:
                ends = super()._step(expression, frame)
                kept = tuple(each for each in ends if isinstance(each, Found | Defined))
                return kept if len(kept) == len(ends) else (*kept, Found(expression, frame))
            case _:
                return super()._step(expression, frame)


def method_follower(plain: Walk, tails: frozenset[str]) -> MethodFollower:
    """Give a walk that ends at methods; who calls what it takes from the plain walk."""
    return MethodFollower(plain.source, SameCallers(plain), tails=tails)


def is_method(value: Expression, tails: frozenset[str]) -> bool:
    """Whether a value is written as such a method: `client.responses.create`."""
    match value:
        case Member(name=name):
            return name in tails
        case Call(callee=Name(name="getattr"), positional=(_, Text(value=name), *_)):
            return name in tails
        case _:
            return False


def wraps_method(call: Call, tails: frozenset[str], depth: int = 0) -> bool:
    """Whether a call is given such a method first, or calls what one made of it: `retry(…)(…)`."""
    if _is_getattr(call) or not call.positional or depth > _MOST_WRAPPED:
        return False
    first = call.positional[0]
    inner = isinstance(first, Call) and wraps_method(first, tails, depth + 1)
    return inner or is_method(first, tails)


def _is_getattr(call: Call) -> bool:
    """Whether a call is `getattr(base, name)`."""
    return isinstance(call.callee, Name) and call.callee.name == "getattr"
