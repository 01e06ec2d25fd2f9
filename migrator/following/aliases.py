"""Note by which other names functions and classes may be called: imports, choices, tables."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.expression import Call, Choice, Expression, Item, Member, Name, Series, Table
from migrator.domain.facts import FileFacts
from migrator.following.ancestry import class_of

PARTIAL = "partial"
_GIVING = frozenset({"get", "pop", "items", "values"})


def aliases_of(facts: FileFacts) -> Iterator[tuple[str, str]]:
    """Give pairs of a name and another that stands for it, by their last segments alone.

    They are candidates: whoever uses them follows the callee and compares.
    """
    for imported in facts.imports:
        if imported.symbol is not None and imported.local not in {"*", imported.symbol}:
            yield imported.symbol, imported.local
    for scope in facts.scopes.values():
        for binding in scope.bindings:
            other = binding.name.rpartition(".")[2]
            for name in _named(binding.value):
                if name != other:
                    yield name, other


def drawn_from(facts: FileFacts) -> Iterator[tuple[str, str]]:
    """Give pairs of a table's or list's name and one that a member of it is given, likewise."""
    for scope in facts.scopes.values():
        for binding in scope.bindings:
            container = _container(binding.value, loop=binding.how == "loop")
            if container:
                yield container, binding.name.rpartition(".")[2]


def _container(value: Expression | None, *, loop: bool) -> str:
    """Name what a value is taken out of: `TABLE[key]`, `TABLE.get(key)`, or by a loop."""
    match value:
        case Item(base=base):
            return called_name(base)
        case Call(callee=Member(base=base, name=name)) if name in _GIVING:
            return called_name(base)
        case Call(callee=Name(name="enumerate" | "sorted" | "reversed"), positional=(base, *_)):
            return called_name(base) if loop else ""
        case Name(name=name) | Member(name=name):
            return name if loop else ""
        case _:
            return ""


def _named(value: Expression | None) -> Iterator[str]:
    match value:
        case Name(name=name) | Member(name=name):
            yield name
        case Choice(options=options):
            for each in options:
                yield from _named(each)
        case Table(entries=entries):
            for entry in entries:
                yield from _named(entry.value)
        case Series(items=items):
            for each in items:
                yield from _named(each)
        case Call(callee=callee, positional=(first, *_)) if called_name(callee) == PARTIAL:
            yield from _named(first)
        case _:
            return


def called_name(callee: Expression) -> str:
    """Give the last segment of the name that is called; `TABLE[key](…)` calls `TABLE`."""
    match class_of(callee):
        case Name(name=name) | Member(name=name):
            return name
        case _:
            return ""
