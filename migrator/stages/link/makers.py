"""Tell by name what makes or holds a client: constructors, and what gives out what one made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from migrator.domain.expression import Call, Expression, Item, Member, Name
from migrator.domain.facts import FileFacts, Scope, ScopeKind
from migrator.domain.playbook import Library, Playbook
from migrator.domain.ports import Facts
from migrator.following.aliases import aliases_of, called_name
from migrator.stages.link._given_out import made_to_give

_ENTRY = "main"  # whoever calls it wants the program, not what it makes


@dataclass(frozen=True, slots=True)
class LibraryNames:
    """The last names of what makes a client and of what runs a model, and the packages."""

    constructors: frozenset[str]
    running: frozenset[str]
    packages: frozenset[str]

    @classmethod
    def of(cls, playbook: Playbook) -> LibraryNames:
        """Read them off a playbook."""
        dotted = {name for each in playbook.libraries for name in _constructors(each)}
        constructors = frozenset(each.rpartition(".")[2] for each in dotted)
        running = frozenset(name for each in playbook.libraries for name in _running(each))
        markers = {each for library in playbook.libraries for each in library.markers}
        packages = frozenset(each.partition(".")[0] for each in dotted | markers)
        return cls(constructors, running - constructors, packages)


@dataclass(frozen=True, slots=True)
class _File:
    """What a file calls by another name, which names it imports, and which from elsewhere.

    `steps` pair each name of the module with what is called for what it gives out or keeps.
    """

    aliases: Mapping[str, str]
    imported: frozenset[str]
    elsewhere: frozenset[str]
    steps: tuple[tuple[str, str], ...] = ()

    def called(self, callee: Expression) -> str:
        """Name what is called, empty where that is nothing of the project or of a library."""
        root = _root(callee)
        if root in self.elsewhere or (isinstance(callee, Member) and root not in self.imported):
            return ""
        name = called_name(callee)
        return self.aliases.get(name, name)


@dataclass
class Makers:
    """Names that make or hold a client; they grow with the files that are read.

    They are candidates alone: too many cost a search, too few a site.
    """

    library: LibraryNames
    source: Facts
    names: frozenset[str] = frozenset()
    known: dict[str, _File] = field(default_factory=dict)

    def learn(self, files: Iterable[FileFacts]) -> None:
        """Add what derives from a maker, or gives out what one made, at any depth."""
        read = [each for each in files if each.document is None]
        steps = {pair for facts in read for pair in self._file(facts).steps}
        names = self.names | self.library.constructors
        while more := {name for name, rests_on in steps if rests_on in names and name not in names}:
            names |= more
        self.names = names

    def makes(self, facts: FileFacts, callee: Expression) -> bool:
        """Tell whether a call of this in a file makes or gives out a client."""
        return self._file(facts).called(callee) in self.names

    def _file(self, facts: FileFacts) -> _File:
        if facts.path not in self.known:
            elsewhere = frozenset(
                each.local
                for each in facts.imports
                if each.module.partition(".")[0] not in self.library.packages
                and self.source.module(each.module, facts.path) is None
            )
            aliases = {other: name for name, other in aliases_of(facts)}
            file = _File(aliases, frozenset(each.local for each in facts.imports), elsewhere)
            steps = {*_derived(facts), *_giving(facts, file, self.library.running)}
            self.known[facts.path] = replace(file, steps=tuple(steps))
        return self.known[facts.path]


def public(facts: FileFacts, symbol: str) -> Iterator[str]:
    """Name the functions and classes around a scope from the inside out, the scope's own first."""
    scope = facts.scopes.get(symbol)
    while scope is not None and scope.kind is not ScopeKind.MODULE:
        name = _name(scope)
        if not name.startswith("__"):
            yield name
        scope = facts.scopes.get(scope.parent or "")


def outermost(facts: FileFacts, symbol: str) -> str:
    """Name the function or class of the module that a scope lies in, empty for the module."""
    *_, name = ("", *public(facts, symbol))
    return name


def _constructors(library: Library) -> Iterator[str]:
    """Name what makes a client, or an object to which something may be added in another file."""
    for receiver in library.receivers:
        yield from receiver.constructors
    grown = {name for each in library.additions for name in each.surfaces}
    for shape in library.shapes:
        yield from shape.callables if shape.surface in grown else ()


def _running(library: Library) -> Iterator[str]:
    """Give the last names of the methods and functions that run a model."""
    for shape in library.shapes:
        for path in (*shape.members, *shape.callables):
            yield path.rpartition(".")[2]


def _derived(facts: FileFacts) -> Iterator[tuple[str, str]]:
    for scope in facts.scopes.values():
        for base in scope.bases:
            yield _name(scope), called_name(base)


def _giving(facts: FileFacts, file: _File, running: frozenset[str]) -> Iterator[tuple[str, str]]:
    for scope in facts.scopes.values():
        name = outermost(facts, scope.symbol)
        if name and name != _ENTRY:
            for callee in made_to_give(facts, scope, running):
                called = file.called(callee)
                if called:
                    yield name, called


def _root(expression: Expression) -> str:
    """Name what a path of members, items and calls starts at, empty where that has no name."""
    match expression:
        case Name(name=name):
            return name
        case Member(base=base) | Item(base=base) | Call(callee=base):
            return _root(base)
        case _:
            return ""


def _name(scope: Scope) -> str:
    return scope.symbol.rpartition(".")[2]
