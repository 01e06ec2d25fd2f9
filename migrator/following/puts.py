"""Index what code puts into tables and lists: `STEPS[name] = f`, `HOOKS.append(f)`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from migrator.domain.expression import (
    Call,
    Choice,
    Expression,
    Item,
    Member,
    Name,
    Opaque,
    Series,
    Table,
    Text,
    dotted,
)
from migrator.domain.facts import Binding, FileFacts, Scope
from migrator.following.aliases import called_name
from migrator.following.deferred import deferred
from migrator.following.port import Put

_ADDING = frozenset({"append", "add", "appendleft"})
_SETTING = frozenset({"setdefault", "__setitem__"})
_METHODS = _ADDING | _SETTING | {"insert", "update"}
_FACTORIES = frozenset({"default_factory", "factory"})
_INSERTED = 2  # arguments: where, and what


@dataclass
class Puts:
    """What files put into containers, which decorators they use, and what they hand to calls.

    All are found by the last segment of a name: of the container, of the decorator, and of the
    function or class that is handed over. `escaping` are the names of what calls are given, other
    than those that call it, and of what functions return.
    """

    by_path: dict[str, dict[str, list[Put]]] = field(default_factory=dict)
    by_name: dict[str, list[Put]] = field(default_factory=dict)
    decorated: dict[str, list[tuple[str, Scope, Expression]]] = field(default_factory=dict)
    handed: dict[str, list[tuple[str, str, Call]]] = field(default_factory=dict)
    made: dict[str, dict[int, tuple[str, str]]] = field(default_factory=dict)
    escaping: set[str] = field(default_factory=set)
    waiting: list[FileFacts] = field(default_factory=list)

    def add(self, facts: FileFacts) -> None:
        """Take one more file in; it is read when something is asked."""
        self.waiting.append(facts)

    def read(self) -> Puts:
        """Read the files that were taken in."""
        waiting, self.waiting = self.waiting, []
        for facts in waiting:
            self._read(facts)
        return self

    def _read(self, facts: FileFacts) -> None:
        for name, found in self.within(facts).items():
            self.by_name.setdefault(name, []).extend(found)
        for scope in facts.scopes.values():
            for decorator in scope.decorators:
                called = decorator.callee if isinstance(decorator, Call) else decorator
                entry = (facts.path, scope, decorator)
                self.decorated.setdefault(called_name(called), []).append(entry)
        self.escaping.update(_escaping(facts))
        for name, symbol, call in _handed(facts):
            self.handed.setdefault(name, []).append((facts.path, symbol, call))

    def within(self, facts: FileFacts) -> dict[str, list[Put]]:
        """Give what a file itself puts into containers."""
        if facts.path not in self.by_path:
            found: dict[str, list[Put]] = {}
            for put in _puts_in(facts):
                found.setdefault(put.name, []).append(put)
            self.by_path[facts.path] = found
        return self.by_path[facts.path]

    def containers(self, facts: FileFacts) -> dict[int, tuple[str, str]]:
        """Give the scope and the name of each container of a file by the byte that makes it."""
        if facts.path not in self.made:
            self.made[facts.path] = {
                start: (scope.symbol, each.name)
                for scope in facts.scopes.values()
                for each in scope.bindings
                if each.how == "assignment" and each.value is not None
                for start in _made_at(each.value)
            }
        return self.made[facts.path]

    def into(self, facts: FileFacts, name: str) -> Iterator[Put]:
        """Give what may be put into a container of a file: by the file itself, then by others."""
        yield from self.within(facts).get(name, ())
        yield from (each for each in self.by_name.get(name, ()) if each.path != facts.path)


def _made_at(value: Expression) -> Iterator[int]:
    """Give the bytes at which a value makes a container: `{}`, `dict()`, a field's factory."""
    match value:
        case Table() | Series():
            yield value.at.start
        case Call(keywords=keywords):
            yield value.at.start
            for each in keywords:
                if each.name in _FACTORIES:
                    inner = each.value.inner if isinstance(each.value, Opaque) else ()
                    yield (inner[0] if inner else each.value).at.start
        case _:
            return


def _puts_in(facts: FileFacts) -> Iterator[Put]:
    for scope in facts.scopes.values():
        for each in scope.bindings:
            if each.how == "item" and each.value is not None and _may_be_called(each.value):
                yield _of_item(facts, scope, each, each.value)
    for invocation in facts.invocations:
        callee = invocation.call.callee
        if isinstance(callee, Member) and callee.name in _METHODS:
            for name, key, value in _of_call(invocation.call, callee):
                if name and _may_be_called(value):
                    at = invocation.call.at
                    yield Put(facts.path, invocation.scope, name, key, value, at)


def _of_item(facts: FileFacts, scope: Scope, binding: Binding, value: Expression) -> Put:
    key = Text(binding.at, binding.key) if binding.key else binding.under
    return Put(facts.path, binding.inside or scope.symbol, binding.name, key, value, binding.at)


def _of_call(call: Call, callee: Member) -> Iterator[tuple[str, Expression | None, Expression]]:
    """Give what `container.method(…)` puts in, and under which key; `lists[key].append(…)` too."""
    name, base = callee.name, callee.base
    match call.positional:
        case (value,) if name in _ADDING:
            yield from _added(call, base, value)
        case (_, value) if name == "insert" and len(call.positional) == _INSERTED:
            yield from _added(call, base, value)
        case (key, value) if name in _SETTING:
            yield dotted(base) or "", key, value
        case (Table(entries=entries),) if name == "update":
            for each in entries:
                if each.key is not None:
                    yield dotted(base) or "", each.key, each.value
        case _:
            return


def _added(
    call: Call, base: Expression, value: Expression
) -> Iterator[tuple[str, Expression | None, Expression]]:
    inside = Series(call.at, (value,)) if _may_be_called(value) else value
    match base:
        case Item(base=table, key=key):
            yield dotted(table) or "", key, inside
        case Call(callee=Member(base=table, name="setdefault"), positional=(key, *_)):
            yield dotted(table) or "", key, inside
        case _:
            yield dotted(base) or "", None, value


def _may_be_called(value: Expression) -> bool:
    """Whether a value may be a function or class, or a list that holds one."""
    match value:
        case Opaque(what=what):
            return what == "lambda"
        case _:
            return isinstance(value, Name | Member | Call | Choice | Series)


def _escaping(facts: FileFacts) -> Iterator[str]:
    for invocation in facts.invocations:
        given = invocation.call.given
        if given and deferred(invocation) is None:
            for value in given:
                yield from _named(value)
    for scope in facts.scopes.values():
        for value in (*scope.returns, *scope.yields):
            yield from _named(value)


def _named(value: Expression) -> Iterator[str]:
    match value:
        case Name(name=name) | Member(name=name):
            yield name
        case Item(base=base):
            yield from _named(base)
        case Series(items=inner) | Choice(options=inner):
            for each in inner:
                yield from _named(each)
        case Table(entries=entries):
            for entry in entries:
                yield from _named(entry.value)
        case _:
            return


def _handed(facts: FileFacts) -> Iterator[tuple[str, str, Call]]:
    """Give the calls that are given a function or class by its own name."""
    known = {each.local for each in facts.imports}
    known |= {symbol.rpartition(".")[2] for symbol in facts.scopes}
    for each in facts.invocations:
        for value in each.call.given:
            match value:
                case Name(name=name) | Member(base=Name(), name=name) if name in known:
                    yield name, each.scope, each.call
                case _:
                    pass
