"""Find what a table or series gains after it was written."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.expression import Expression, Member, Series, Table, Text, dotted
from migrator.domain.facts import Binding, FileFacts, Scope
from migrator.domain.trail import Frame
from migrator.following.port import Walk

_CHANGES = frozenset({"item", "call", "augmented", "drop"})

Gained = tuple[Expression | None, Expression, Frame]


def growth(walk: Walk, container: Series | Table, frame: Frame) -> tuple[tuple[Gained, ...], bool]:
    """Give the (key, value, frame) gained by a container in its own file, and whether that is all.

    What is done to it under another name or in another file is not seen.
    """
    facts = walk.file(frame.path)
    named = _named(facts, container) if facts else None
    if facts is None or named is None:
        return (), True
    scope, name = named
    gained: list[Gained] = []
    complete = True
    for inside, binding in changes(facts, name):
        if not _is_seen(facts, scope, name, inside.symbol):
            continue
        found = _gained(binding, inside)
        complete = complete and found is not None
        gained += [found] if found else []
    return tuple(gained), complete


def changes(facts: FileFacts, name: str) -> Iterator[tuple[Frame, Binding]]:
    """Yield what is done to a name's content anywhere in its file."""
    for scope in facts.scopes.values():
        for binding in scope.bindings:
            if binding.name == name and binding.how in _CHANGES:
                yield Frame(facts.path, scope.symbol), binding


def name_of(facts: FileFacts, container: Series | Table) -> str | None:
    """Give the name that a container is written under in its file, if any."""
    named = _named(facts, container)
    return named[1] if named else None


def _named(facts: FileFacts, container: Series | Table) -> tuple[Scope, str] | None:
    for scope in facts.scopes.values():
        for binding in scope.bindings:
            if binding.value is not None and binding.value.at == container.at:
                return scope, binding.name
    return None


def _is_seen(facts: FileFacts, scope: Scope, name: str, symbol: str) -> bool:
    """Whether a bare name of one scope means the same in another; members mean it everywhere."""
    if "." in name or symbol == scope.symbol:
        return True
    within = not scope.symbol or symbol.startswith(f"{scope.symbol}.")
    other = facts.scopes[symbol]
    own = any(each.name == name and each.how == "assignment" for each in other.bindings)
    return within and not own and all(each.name != name for each in other.parameters)


def _gained(binding: Binding, frame: Frame) -> Gained | None:
    """Give what one change adds for certain; None when that is not known."""
    value = binding.value
    match binding:
        case _ if value is None or binding.conditional:
            return None
        case Binding(how="item", key=key) if key:
            return Text(binding.at, key), value, frame
        case Binding(how="call", key="append" | "add"):
            return None if isinstance(value, Table) else (None, value, frame)
        case Binding(how="call", key="update") if isinstance(value, Table):
            return None, value, frame
        case _:
            return None


def defaults_set(facts: FileFacts, scope: Scope, name: str) -> Iterator[Binding]:
    """Read `table.setdefault(key, value)`: it adds only what is not there yet."""
    for each in facts.invocations:
        if each.scope != scope.symbol or not _sets_default(each.call.callee, name):
            continue
        match each.call.positional:
            case (Text(value=key), value):
                yield Binding(name, value, each.call.at, None, "item", key, conditional=True)
            case _:
                yield Binding(name, each.call, each.call.at, None, "item", conditional=True)


def _sets_default(callee: Expression, name: str) -> bool:
    return (
        isinstance(callee, Member) and callee.name == "setdefault" and dotted(callee.base) == name
    )
