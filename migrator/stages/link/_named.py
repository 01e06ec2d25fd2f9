"""Name what a call may be a call of: an import by another name, a subclass, a table of classes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from migrator.domain.expression import Item, Member, Name
from migrator.domain.facts import FileFacts, Invocation
from migrator.domain.trail import Defined, Frame, Outside, Trail
from migrator.following.construction import (
    callee_ends,
    constructed_above,
    constructions,
    is_call_up,
    without_self,
)
from migrator.following.port import Walk
from migrator.following.scopes import FromBindings, FromImport, FromParameter, lookup, owner_class
from migrator.stages.link._callee import tail_of

MOST_NAMES = 2_000


@dataclass(frozen=True, slots=True)
class Named:
    """The last names of known callables, and the classes of the project that derive from one.

    `rebound` holds the names of each file that may stand for something of another name.
    """

    known: frozenset[str]
    derived: Mapping[str, frozenset[str]]
    rebound: dict[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, walk: Walk, known: Iterable[str]) -> Named:
        """Find the names of derived classes, by name alone: they are candidates, no more."""
        known = frozenset(known)
        derived: dict[str, set[str]] = {}
        for name in known:
            left, seen = [name], {name}
            while left and len(seen) < MOST_NAMES:
                for below in walk.callers.deriving(left.pop()):
                    if below not in seen:
                        seen.add(below)
                        left.append(below)
                        derived.setdefault(below, set()).add(name)
        return cls(known, {name: frozenset(above) for name, above in derived.items()})

    def tails(self, walk: Walk, facts: FileFacts, invocation: Invocation) -> tuple[str, ...]:
        """Give the last names of the known callables that a call may be a call of."""
        if not self._may_be_known(facts, invocation):
            return ()
        found: dict[str, None] = {}
        for name in self._written(walk, facts, invocation):
            if name in self.known:
                found[name] = None
            found |= dict.fromkeys(sorted(self.derived.get(name, ())))
        return tuple(found)

    def _may_be_known(self, facts: FileFacts, invocation: Invocation) -> bool:
        """Pass by what is plainly called by a name of no account: nearly every call."""
        match invocation.call.callee:
            case Name(name=name):
                return self._counts(name) or name in self._rebound(facts)
            case Member(name=name):
                return self._counts(name) or is_call_up(invocation.call)
            case _:
                return True

    def _counts(self, name: str) -> bool:
        return name in self.known or name in self.derived

    def _written(self, walk: Walk, facts: FileFacts, invocation: Invocation) -> Iterator[str]:
        callee = invocation.call.callee
        if is_call_up(invocation.call):
            owner = owner_class(facts, invocation.scope)
            if owner is not None:
                yield owner.symbol.rpartition(".")[2]
            return
        tail = tail_of(callee.base if isinstance(callee, Item) else callee)
        yield tail
        frame = Frame(facts.path, invocation.scope)
        other = (
            isinstance(callee, Name)
            and callee.name in self._rebound(facts)
            and _may_stand_for_another(facts, callee, invocation)
        )
        if other or (isinstance(callee, Item) and tail not in self.known):
            yield from (_last_of(end) for end in callee_ends(walk, callee, frame))

    def _rebound(self, facts: FileFacts) -> frozenset[str]:
        if facts.path not in self.rebound:
            self.rebound[facts.path] = frozenset(_names_rebound(facts))
        return self.rebound[facts.path]


def names_of(walk: Walk, facts: FileFacts, invocation: Invocation) -> frozenset[str]:
    """Name what a call is a call of, outside the repository."""
    if is_call_up(invocation.call):
        return frozenset(constructed_above(walk, facts, invocation))
    frame = Frame(facts.path, invocation.scope)
    return frozenset(
        name
        for name, call, _ in constructions(walk, invocation.call, frame)
        if call is invocation.call
    )


def as_made(invocation: Invocation) -> Invocation:
    """Give `Base.__init__(self, …)` with the arguments that the class itself would be given."""
    if not is_call_up(invocation.call):
        return invocation
    return replace(invocation, call=without_self(invocation.call))


def _names_rebound(facts: FileFacts) -> Iterator[str]:
    """Give the names that are imported by another name, bound to a value or a parameter."""
    yield from (each.local for each in facts.imports if each.symbol not in {None, each.local})
    for scope in facts.scopes.values():
        yield from (each.name for each in scope.bindings)
        yield from (each.name for each in scope.parameters)


def _may_stand_for_another(facts: FileFacts, callee: Name, invocation: Invocation) -> bool:
    """Whether a bare name is not that of a function or class defined here."""
    match lookup(facts, invocation.scope, callee.name, callee.at.start):
        case FromImport(imported=imported):
            return imported.symbol not in {None, callee.name}
        case FromBindings() | FromParameter():
            return True
        case _:
            return False


def _last_of(end: Trail) -> str:
    match end:
        case Outside(name=name):
            return name.rpartition(".")[2]
        case Defined(symbol=symbol):
            return symbol.rpartition(".")[2]
        case _:
            return ""
