"""Name the classes outside the repository that something is, or derives from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from migrator.domain.expression import Expression, Item
from migrator.domain.facts import ScopeKind
from migrator.domain.trail import Defined, Frame, Outside, Trail
from migrator.following.port import Walk

MOST_BASES = 4


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
