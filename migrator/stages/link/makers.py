"""Tell by name what makes or holds a client: constructors, and all that rests on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from migrator.domain.facts import FileFacts, Scope, ScopeKind
from migrator.domain.playbook import Library, Playbook
from migrator.following.aliases import aliases_of, called_name

_ENTRY = "main"  # whoever calls it wants the program, not what it makes


@dataclass(frozen=True, slots=True)
class Makers:
    """Names that make or hold a client, alone in a file or anywhere."""

    names: frozenset[str]

    def of(self, facts: FileFacts) -> frozenset[str]:
        """Give the names by which a file calls them, those that it gives them itself included."""
        return self.names | {other for name, other in aliases_of(facts) if name in self.names}


def makers_in(files: Iterable[FileFacts], playbook: Playbook) -> Makers:
    """Give the constructors of all libraries, and what derives from one or calls one at any depth.

    Names are candidates alone: too many cost a search, too few a site.
    """
    read = [each for each in files if each.document is None]
    steps = {pair for facts in read for pair in (*_derived(facts), *_made(facts))}
    names = frozenset(
        name.rpartition(".")[2] for library in playbook.libraries for name in _constructors(library)
    )
    while more := {name for name, rests_on in steps if rests_on in names and name not in names}:
        names |= more
    return Makers(names)


def _constructors(library: Library) -> Iterator[str]:
    """Name what makes a client, or an object to which something may be added in another file."""
    for receiver in library.receivers:
        yield from receiver.constructors
    grown = {name for each in library.additions for name in each.surfaces}
    for shape in library.shapes:
        yield from shape.callables if shape.surface in grown else ()


def public(facts: FileFacts, symbol: str) -> Iterator[str]:
    """Name the functions and classes around a scope from the inside out, the scope's own first."""
    scope = facts.scopes.get(symbol)
    while scope is not None and scope.kind is not ScopeKind.MODULE:
        name = _name(scope)
        if not name.startswith("__"):
            yield name
        scope = facts.scopes.get(scope.parent or "")


def _derived(facts: FileFacts) -> Iterator[tuple[str, str]]:
    for scope in facts.scopes.values():
        for base in scope.bases:
            yield _name(scope), called_name(base)


def _made(facts: FileFacts) -> Iterator[tuple[str, str]]:
    """Pair each name of the module with what is called anywhere inside it."""
    aliases = {other: name for name, other in aliases_of(facts)}
    for invocation in facts.invocations:
        *_, outermost = ("", *public(facts, invocation.scope))
        called = called_name(invocation.call.callee)
        if outermost not in {"", _ENTRY} and called:
            yield outermost, aliases.get(called, called)


def _name(scope: Scope) -> str:
    return scope.symbol.rpartition(".")[2]
