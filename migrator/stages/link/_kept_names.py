"""Gather the names under which a project may keep methods of clients: candidates, no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from migrator.domain.expression import Call, Choice, Expression, Member, Name, Series, Table, Text
from migrator.domain.facts import FileFacts, Scope
from migrator.following.aliases import PARTIAL, called_name

# They give what calls the function that they are given, with whatever it is called with.
TRANSPARENT = frozenset(
    {"retry", "on_exception", "sync_to_async", "async_to_sync", "asyncify", "traceable", "observe"}
    | {"op", "wraps", "retry_async", "limits", "cache", "lru_cache", "memoize", "trace", "task"}
    | {"make_async"}
)
_MOST_ROUNDS = 3
_MOST_NESTED = 2


@dataclass
class KeptNames:
    """The last segments of names that may stand for a method, found from the files of a project.

    `tails` are the last names of the methods, `callables` those of functions and classes, which
    count where a `partial` or a decorator is given them.
    """

    tails: frozenset[str]
    callables: frozenset[str]
    names: set[str] = field(default_factory=set)

    def find(self, files: Iterable[FileFacts]) -> frozenset[str]:
        """Give the names: first of what is written as a method, then of what stands for these."""
        read = tuple(files)
        for _ in range(_MOST_ROUNDS):
            before = len(self.names)
            self.names |= {name for facts in read for name in self._given(facts)}
            self.names |= set(_received(read, [e for facts in read for e in self._handed(facts)]))
            if len(self.names) == before:
                break
            self.names |= {i.local for f in read for i in f.imports if i.symbol in self.names}
        return frozenset(self.names)

    def _given(self, facts: FileFacts) -> Iterator[str]:
        """Give what a file binds such values to, and the functions that return one."""
        for scope in facts.scopes.values():
            for each in scope.bindings:
                if each.value is not None and self.holds(each.value):
                    yield each.name.rpartition(".")[2]
            for parameter in scope.parameters:
                if parameter.default is not None and self.holds(parameter.default):
                    yield parameter.name
            if any(self.holds(each) for each in scope.returns):
                yield scope.symbol.rpartition(".")[2]

    def _handed(self, facts: FileFacts) -> Iterator[tuple[str, int | str]]:
        """Give the calls that take such a value in: what is called, and as which argument."""
        tails, names = self.tails, self.names
        for each in facts.invocations:
            call = each.call
            for index, value in enumerate(call.positional):
                match value:  # asked of every argument of the project
                    case Member(name=name):
                        found = name in tails or name in names
                    case Name(name=name):
                        found = name in names
                    case Call(positional=given) if given:
                        found = self._makes(value, 0)
                    case _:
                        continue
                if found:
                    yield called_name(call.callee), index
            for keyword in call.keywords:
                if isinstance(keyword.value, Member | Call) and self.holds(keyword.value):
                    yield called_name(call.callee), keyword.name or ""

    def holds(self, value: Expression, depth: int = 0) -> bool:
        """Whether a value may be a method: it is written as one, made of one, or named like one."""
        match value:
            case Member(name=name):
                return name in self.tails or name in self.names
            case Name(name=name):
                return name in self.names
            case Choice(options=options):
                return any(self.holds(each, depth) for each in options)
            case Call():
                return self._makes(value, depth)
            case Table(entries=entries) if not depth:
                return any(self.holds(each.value, 1) for each in entries)
            case Series(items=items) if not depth:
                return any(self.holds(each, 1) for each in items)
            case _:
                return False

    def _makes(self, call: Call, depth: int) -> bool:
        if isinstance(call.callee, Name) and call.callee.name == "getattr":
            return any(isinstance(g, Text) and g.value in self.tails for g in call.positional[1:2])
        if depth > _MOST_NESTED:
            return False
        if called_name(call.callee) in self.names and not call.keywords:
            return True  # a function that returns one
        if isinstance(call.callee, Call) and self._makes(call.callee, depth + 1):
            return True
        return any(self._wrapped(call, each, depth) for each in call.positional[:1])

    def _wrapped(self, call: Call, first: Expression, depth: int) -> bool:
        if self.holds(first, depth + 1):
            return True
        maker = call.callee.callee if isinstance(call.callee, Call) else call.callee
        made = called_name(maker) in TRANSPARENT | {PARTIAL}
        return made and isinstance(first, Name | Member) and first.name in self.callables


def _received(files: Iterable[FileFacts], handed: Iterable[tuple[str, int | str]]) -> Iterator[str]:
    """Give the parameters that take what calls hand over, by position or name."""
    wanted: dict[str, set[int | str]] = {}
    for name, argument in handed:
        wanted.setdefault(name, set()).add(argument)
    for facts in files if wanted else ():
        for scope in facts.scopes.values():
            name = scope.symbol.removesuffix(".__init__").rpartition(".")[2]
            for argument in wanted.get(name, ()) if scope.parameters else ():
                yield from _parameters(scope, argument)


def _parameters(scope: Scope, argument: int | str) -> Iterator[str]:
    if isinstance(argument, str):
        yield from (each.name for each in scope.parameters if each.name == argument)
    else:  # one further where it is called on an object
        shift = int(bool(scope.parameters) and scope.parameters[0].name in {"self", "cls"})
        yield from (each.name for each in scope.parameters[argument + shift :][:1])
