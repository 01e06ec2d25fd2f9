"""Look at what a class derives from: classes outside the repository, methods it overrides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from migrator.domain.expression import Expression, Item
from migrator.domain.facts import Scope, ScopeKind
from migrator.domain.trail import Defined, Frame, Outside, Trail
from migrator.following.hops import MOST_NESTED
from migrator.following.port import Walk

MOST_BASES = 4
# Classes outside the repository that run nothing of what derives from them.
PLAIN_BASES = frozenset(
    {"BaseModel", "BaseSettings", "NamedTuple", "TypedDict", "Protocol", "ABC", "object"}
    | {"Enum", "StrEnum", "str", "Generic", "dict", "Exception"}
)


def outside_names(walk: Walk, ends: Iterable[Trail], depth: int = 0) -> Iterator[str]:
    """Name what these ends are outside the repository, classes by their bases."""
    for end in ends:
        match end:
            case Outside(name=name):
                yield name
            case Defined(path=path, symbol=symbol) if depth < MOST_BASES:
                facts = walk.file(path)
                scope = facts.scopes.get(symbol) if facts else None
                if scope is not None and scope.kind is ScopeKind.CLASS:
                    frame = Frame(path, scope.parent or "")
                    for each in scope.bases:
                        ends = walk.follow(class_of(each), frame)
                        yield from outside_names(walk, ends, depth + 1)
            case _:
                pass


def class_of(callee: Expression) -> Expression:
    """Take the type arguments off a generic: `Agent[Context]` is `Agent`."""
    return callee.base if isinstance(callee, Item) else callee


def overridden(walk: Walk, path: str, method: Scope, depth: int = 0) -> Iterable[tuple[str, str]]:
    """Give the methods of base classes that a method overrides: a call of those may reach it."""
    facts = walk.file(path)
    owner = facts.scopes.get(method.parent or "") if facts else None
    if owner is None or owner.kind is not ScopeKind.CLASS or depth >= MOST_NESTED:
        return
    name = method.symbol.rpartition(".")[2]
    for base in owner.bases:
        for end in walk.follow(class_of(base), Frame(path, owner.parent or "")):
            if isinstance(end, Defined):
                symbol = f"{end.symbol}.{name}"
                yield end.path, symbol
                inner = walk.file(end.path)
                above = inner.scopes.get(symbol) if inner else None
                if above is not None:
                    yield from overridden(walk, end.path, above, depth + 1)


def is_class(walk: Walk, path: str, symbol: str) -> bool:
    """Whether a name of a file is a class."""
    facts = walk.file(path)
    scope = facts.scopes.get(symbol) if facts else None
    return scope is not None and scope.kind is ScopeKind.CLASS
