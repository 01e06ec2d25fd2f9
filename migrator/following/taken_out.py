"""Find the calls of what is taken out of a container that code puts functions or classes into."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from migrator.domain.expression import Call, Choice, Expression, Item, Member, Name
from migrator.domain.facts import FileFacts, Invocation, Scope, ScopeKind
from migrator.domain.trail import Defined, Frame
from migrator.following.aliases import called_name
from migrator.following.ancestry import class_of
from migrator.following.port import Put, Walk
from migrator.following.puts import Puts
from migrator.following.scopes import owner_class
from migrator.following.selves import BELOW

MOST_ASKED = 8  # calls that a function is handed to
_SELVES = frozenset({"self", "cls"})


@dataclass(frozen=True, slots=True)
class TakenOut:
    """What is done with a name, by its last segment, in a set of files.

    `givers` are the functions that give something out of it, `results` the names that such a
    thing gets, and `computed` the calls of what has no name of its own.
    """

    givers: dict[str, dict[str, None]] = field(default_factory=dict)
    results: dict[str, dict[str, None]] = field(default_factory=dict)
    computed: dict[str, list[tuple[str, Invocation]]] = field(default_factory=dict)

    @classmethod
    def of(cls, files: Iterable[FileFacts]) -> TakenOut:
        """Read what files do with names."""
        found = cls()
        for facts in files:
            found.add(facts)
        return found

    def add(self, facts: FileFacts) -> None:
        """Take one more file in."""
        for scope in facts.scopes.values():
            own = scope.symbol.rpartition(".")[2]
            for value in scope.returns:
                for name in _names(value):
                    self.givers.setdefault(name, {})[own] = None
            for each in scope.bindings:
                if isinstance(each.value, Item | Call | Choice) or each.how == "loop":
                    for name in _names(each.value):
                        other = each.name.rpartition(".")[2]
                        self.results.setdefault(name, {})[other] = None
        for invocation in facts.invocations:
            if not called_name(invocation.call.callee):
                for name in dict.fromkeys(_names(invocation.call.callee)):
                    self.computed.setdefault(name, []).append((facts.path, invocation))

    def called(self, containers: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Give the names by which what is in containers may be called, and those of its givers."""
        names = dict.fromkeys(containers)
        givers: dict[str, None] = {}
        for _ in range(2):
            for name in (*names, *givers):
                givers |= self.givers.get(name, {})
        called = dict(names)
        for name in (*names, *givers):
            called |= self.results.get(name, {})
        return tuple(called), (*names, *givers)


def containers(walk: Walk, puts: Puts, facts: FileFacts, scope: Scope) -> Iterator[tuple[str, str]]:
    """Name the containers that a function or class is put into, and the classes that have them.

    With each comes the file that puts it there.

    It is put there by what decorates it, what it is handed to, or the base that it derives from.
    """
    outer = Frame(facts.path, scope.parent or "")
    asked = [(each, outer) for each in map(_called, scope.decorators)]
    for path, symbol, call in puts.handed.get(scope.symbol.rpartition(".")[2], ())[:MOST_ASKED]:
        asked.append((call.callee, Frame(path, symbol)))
    for callee, frame in asked:
        for end in walk.follow(callee, frame):
            if isinstance(end, Defined):
                yield from _filled_by(walk, puts, end.path, end.symbol)
    for base in scope.bases:
        for end in walk.follow(class_of(base), outer):
            if isinstance(end, Defined):
                yield from _filled_by(walk, puts, end.path, f"{end.symbol}{BELOW}")


def _filled_by(walk: Walk, puts: Puts, path: str, symbol: str) -> Iterator[tuple[str, str]]:
    """Name the containers that a function, or one inside it, puts something into."""
    facts = walk.file(path)
    scope = facts.scopes.get(symbol) if facts else None
    if facts is None or scope is None or scope.kind is not ScopeKind.FUNCTION:
        return
    for found in puts.within(facts).values():
        for each in found:
            if f"{each.symbol}.".startswith(f"{symbol}."):
                yield from ((path, name) for name in _around(facts, each))


def _around(facts: FileFacts, put: Put) -> Iterator[str]:
    yield put.name
    kept = "." in put.container or put.name in _SELVES
    owner = owner_class(facts, put.symbol) if kept else None
    if owner is not None:
        yield owner.symbol.rpartition(".")[2]


def _called(decorator: Expression) -> Expression:
    return decorator.callee if isinstance(decorator, Call) else decorator


def _names(value: Expression | None) -> Iterator[str]:
    """Give the names that something is taken out of, by an item, a member or a call."""
    match value:
        case Name(name=name):
            if name not in _SELVES:
                yield name
        case Member(base=base, name=name):
            yield name
            yield from _names(base)
        case Item(base=base):
            yield from _names(base)
        case Call(callee=callee, positional=given):
            yield from _names(callee)
            if isinstance(callee, Name):  # `list(STEPS.values())`
                yield from _names(given[0] if given else None)
        case Choice(options=options):
            for each in options:
                yield from _names(each)
        case _:
            return
