"""Know who calls a function: by its name, by another, as a node of a graph."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from migrator.domain.expression import Expression, Member, Name
from migrator.domain.facts import FileFacts, Invocation, Scope
from migrator.domain.roles import is_test
from migrator.domain.trail import (
    Defined,
    Frame,
)
from migrator.following.aliases import aliases_of, called_name, drawn_from
from migrator.following.ancestry import class_of, overridden
from migrator.following.arguments import is_bound
from migrator.following.called_objects import CALLED, instances_in, is_instance
from migrator.following.environment import variables_set
from migrator.following.graphs import Graphs
from migrator.following.loading import Loadable
from migrator.following.port import KeptValue, Put, Walk
from migrator.following.puts import Puts
from migrator.following.reached import calls_in, is_making, reached
from migrator.following.stores import kept_in
from migrator.following.taken_out import TakenOut, containers

MOST_CALLERS = 400
MOST_BELOW = 24
MOST_OTHER_NAMES = 8


@dataclass
class Callers:
    """The calls of a set of files, by the last segment of the callee's name.

    `by_base` are their classes, by the last segment of the name of each base; `other_names` what
    may stand for a name, `drawn` the names of what is taken out of a table, `instances` those of a
    class's instances, `variables` what is set of the environment, `stored` what stores keep.
    `graphs` call functions as their nodes, `loadable` tells which calls may be those of what is
    loaded by its dotted name, `filling` what code puts into containers. `left` are the calls of a
    name that are too many to be looked at.
    """

    by_name: dict[str, list[tuple[str, Invocation]]] = field(default_factory=dict)
    other_names: dict[str, dict[str, None]] = field(default_factory=dict)
    drawn: dict[str, dict[str, None]] = field(default_factory=dict)
    instances: dict[str, dict[str, None]] = field(default_factory=dict)
    by_base: dict[str, list[tuple[str, Scope]]] = field(default_factory=dict)
    known_below: dict[tuple[str, str], tuple[tuple[str, Scope], ...]] = field(default_factory=dict)
    resolved: dict[tuple[str, str], tuple[tuple[Frame, Invocation, bool], ...]] = field(
        default_factory=dict
    )
    left: dict[str, tuple[tuple[str, Invocation], ...]] = field(default_factory=dict)
    busy: set[tuple[str, str]] = field(default_factory=set)
    variables: dict[str, list[KeptValue]] = field(default_factory=dict)
    loadable: Loadable = field(default_factory=Loadable)
    graphs: Graphs = field(default_factory=Graphs)
    stored: dict[tuple[str, str], list[KeptValue]] = field(default_factory=dict)
    filling: Puts = field(default_factory=Puts)
    taken_out: TakenOut | None = None

    def add(self, facts: FileFacts) -> None:
        """Take the calls of one more file in."""
        self.resolved.clear()
        self.left.clear()
        self.known_below.clear()
        for scope in facts.scopes.values():
            for base in scope.bases:
                match class_of(base):
                    case Name(name=name) | Member(name=name):
                        self.by_base.setdefault(name, []).append((facts.path, scope))
                    case _:
                        pass
        for each in calls_in(facts):
            self.by_name.setdefault(called_name(each.call.callee), []).append((facts.path, each))
        for name, other in aliases_of(facts):
            self.other_names.setdefault(name, {})[other] = None
        for name, other in drawn_from(facts):
            self.drawn.setdefault(name, {})[other] = None
        for name, other in instances_in(facts):
            self.instances.setdefault(name, {})[other] = None
        self.loadable.add(facts)
        self.filling.add(facts)
        self.taken_out = None
        for name, found in variables_set(facts):
            self.variables.setdefault(name, []).append(found)
        for place, kept in kept_in(facts):
            self.stored.setdefault(place, []).append(kept)

    def named(self, name: str) -> Iterable[tuple[str, Invocation]]:
        """Give the calls whose callee's last segment is `name`, with their paths."""
        return tuple(self.by_name.get(name, ()))

    def is_node(self, path: str, scope: Scope) -> bool:
        """Whether a function is a node of a graph that is run in view."""
        return any(True for _ in self.graphs.of(path, scope))

    def setting(self, variable: str) -> Iterable[KeptValue]:
        """Give the places that set a variable of the environment."""
        return tuple(self.variables.get(variable, ()))

    def kept(self, store: str, name: str) -> Iterable[KeptValue]:
        """Give the places that keep a value in a store under a name."""
        return tuple(self.stored.get((store, name), ()))

    def puts(self, facts: FileFacts, name: str) -> Iterable[Put]:
        """Give what may be put into a container of a file, by the last segment of its name."""
        return self.filling.read().into(facts, name)

    def container(self, facts: FileFacts, start: int) -> tuple[str, str] | None:
        """Give the scope and the name of a container that a file makes at a byte."""
        return self.filling.containers(facts).get(start)

    def decorated(self, name: str) -> Iterable[tuple[str, Scope, Expression]]:
        """Give what is decorated with a name, with its path and the decorator."""
        return tuple(self.filling.read().decorated.get(name, ()))

    def registering(self, walk: Walk, path: str, symbol: str) -> tuple[tuple[str, str], ...]:
        """Give the containers that code puts a function or class into, by file and name."""
        facts = walk.file(path)
        scope = facts.scopes.get(symbol) if facts else None
        if facts is None or scope is None:
            return ()
        return tuple(dict.fromkeys(containers(walk, self.filling.read(), facts, scope)))

    def deriving(self, name: str) -> Iterable[str]:
        """Give the names of the classes with a base whose last segment is `name`."""
        names = (name, *self.other_names.get(name, ()))
        below = (scope for each in names for _, scope in self.by_base.get(each, ()))
        return tuple(scope.symbol.rpartition(".")[2] for scope in below)

    def classes(self, base: str) -> Iterable[tuple[str, Scope]]:
        """Give the classes with a base whose last segment is `base`, with their paths."""
        return tuple(self.by_base.get(base, ()))

    def below(self, walk: Walk, path: str, symbol: str) -> tuple[tuple[str, Scope], ...]:
        """Give the classes that derive from a class, with their paths: at most `MOST_BELOW`."""
        key = (path, symbol)
        if key not in self.known_below:
            self.known_below[key] = ()  # a class that derives from itself has no end
            found: dict[tuple[str, str], tuple[str, Scope]] = {}
            for where, scope in self.by_base.get(symbol.rpartition(".")[2], ())[:MOST_CALLERS]:
                if _derives(walk, where, scope, key):
                    found[where, scope.symbol] = (where, scope)
                    inner = self.below(walk, where, scope.symbol)
                    found |= {(each, below.symbol): (each, below) for each, below in inner}
            self.known_below[key] = tuple(found.values())[:MOST_BELOW]
        return self.known_below[key]

    def of(self, walk: Walk, path: str, scope: Scope) -> tuple[tuple[Frame, Invocation, bool], ...]:
        """Give the calls that reach a function, or make an instance of a class."""
        key = (path, scope.symbol)
        if key in self.resolved:
            return self.resolved[key]
        if key in self.busy:
            return ()
        self.busy.add(key)
        try:
            found = tuple(self._search(walk, path, scope))
        finally:
            self.busy.discard(key)
        if not walk.spent:  # else what is found was cut short
            self.resolved[key] = found
        return found

    def _search(
        self, walk: Walk, path: str, scope: Scope
    ) -> Iterable[tuple[Frame, Invocation, bool]]:
        if scope.symbol.endswith(CALLED):
            yield from self._of_objects(walk, path, scope)
            return
        symbol = scope.symbol.removesuffix(".__init__")
        targets = {(path, symbol), (path, scope.symbol)}
        # whoever makes or asks the base class itself does not reach what overrides it
        above = set(overridden(walk, path, scope)) if symbol == scope.symbol else set()
        calls = self._calls(symbol.rpartition(".")[2])
        if scope.symbol.endswith(".__init__"):
            own = {(path, each.scope) for where, each in self._constructing if where == path}
            for where, below in self.below(walk, path, symbol):
                facts = walk.file(where)
                if facts and f"{below.symbol}.__init__" in facts.scopes:
                    own.add((where, f"{below.symbol}.__init__"))
                else:
                    targets.add((where, below.symbol))
                    calls = [*calls, *self._calls(below.symbol.rpartition(".")[2])]
            calls = [*calls, *(c for c in self._constructing if (c[0], c[1].scope) in own)]
            # `cls(…)` in a class method makes the class that it stands in, or one below
            homes = {where for where, _ in targets}
            calls = [*calls, *(c for c in self.by_name.get("cls", ()) if c[0] in homes)]
        calls = [*calls, *self._out_of_containers(walk, path, symbol)]
        found, made = reached(walk, path, scope, calls, (targets, above))
        # the making of a partial whose calls are all in view is no call
        made = {each for each in made if not self._escapes(walk, each)}
        yield from (each for each in found if not is_making(each[0], each[1], made))
        for frame, invocation in self.graphs.of(path, scope):
            yield frame, invocation, is_bound(walk, path, scope, invocation.call)

    def _escapes(self, walk: Walk, making: tuple[str, int]) -> bool:
        """Whether what is made at a place may be called by code that gets it under a name."""
        facts = walk.file(making[0])
        names = (
            binding.name.rpartition(".")[2]
            for scope in (facts.scopes.values() if facts else ())
            for binding in scope.bindings
            if binding.value is not None
            and binding.value.at.start <= making[1] < binding.value.at.end
        )
        return not self.filling.read().escaping.isdisjoint(names)

    def _out_of_containers(
        self, walk: Walk, path: str, symbol: str
    ) -> list[tuple[str, Invocation]]:
        """Give the calls of what is taken out of the containers that code puts a function into."""
        names = tuple(dict.fromkeys(name for _, name in self.registering(walk, path, symbol)))
        if not names:
            return []
        if self.taken_out is None:
            self.taken_out = TakenOut.of(self.loadable.files)
        others = (
            o for n in names for o in (*self.other_names.get(n, ()), *self.instances.get(n, ()))
        )
        called, givers = self.taken_out.called(dict.fromkeys((*names, *others)))
        calls = [each for name in called for each in self.by_name.get(name, ())]
        calls += [each for name in givers for each in self.taken_out.computed.get(name, ())]
        return list(dict.fromkeys(calls))[:MOST_CALLERS]

    def _of_objects(
        self, walk: Walk, path: str, scope: Scope
    ) -> Iterable[tuple[Frame, Invocation, bool]]:
        """Give the calls of a class's instances, by the names that these are given."""
        symbol = scope.symbol.removesuffix(CALLED)
        for name in tuple(self.instances.get(symbol.rpartition(".")[2], ()))[:MOST_OTHER_NAMES]:
            for where, invocation in self._first(name):
                frame = Frame(where, invocation.scope)
                ends = walk.follow(invocation.call.callee, frame)
                if any(is_instance(walk, each, path, symbol) for each in ends):
                    yield frame, invocation, True

    def left_out(self, path: str, scope: Scope) -> tuple[tuple[str, Invocation], ...]:
        """Give the calls of a function's name that were not looked at, of tests for tests alone."""
        name = scope.symbol.removesuffix(".__init__").rpartition(".")[2]
        return tuple(each for each in self.left.get(name, ()) if is_test(path) >= is_test(each[0]))

    def _first(self, name: str) -> list[tuple[str, Invocation]]:
        """Give the first calls of a name, those of tests last."""
        calls = self.by_name.get(name, [])
        if len(calls) <= MOST_CALLERS:
            return calls
        calls = sorted(calls, key=lambda each: is_test(each[0]))
        self.left[name] = tuple(calls[MOST_CALLERS:])
        return calls[:MOST_CALLERS]

    def _calls(self, name: str) -> list[tuple[str, Invocation]]:
        """Give the calls of a name, then those of what may stand for it."""
        calls = self._first(name)
        others = tuple(self.other_names.get(name, ()))[:MOST_OTHER_NAMES]
        again = (each for other in others for each in self.other_names.get(other, ()))
        others = tuple(dict.fromkeys((*others, *again)))[:MOST_OTHER_NAMES]
        drawn = (each for other in others for each in self.drawn.get(other, ()))
        for other in (*others, *tuple(dict.fromkeys(drawn))[:MOST_OTHER_NAMES]):
            calls = [*calls, *self._first(other)]
        return [*calls, *self.loadable.calls(name)[:MOST_CALLERS]]

    @property
    def _constructing(self) -> list[tuple[str, Invocation]]:
        return self.by_name.get("__init__", [])


def _derives(walk: Walk, path: str, scope: Scope, key: tuple[str, str]) -> bool:
    outer = Frame(path, scope.parent or "")
    return any(
        isinstance(end, Defined) and (end.path, end.symbol) == key
        for base in scope.bases
        for end in walk.follow(class_of(base), outer)
    )
