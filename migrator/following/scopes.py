"""Look names up in the scopes of one file, as the language would."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from migrator.domain.expression import Name
from migrator.domain.facts import Binding, FileFacts, Import, Parameter, Scope, ScopeKind

OWN_NAME = "#"  # in the names of what a comprehension or lambda binds
VALUE_BINDINGS = frozenset({"assignment", "loop", "with"})


@dataclass(frozen=True, slots=True)
class FromParameter:
    """The name is a parameter of a function."""

    scope: Scope
    parameter: Parameter


@dataclass(frozen=True, slots=True)
class FromBindings:
    """The name is bound in a scope; `parameter` may still reach when all are conditional."""

    scope: Scope
    bindings: tuple[Binding, ...]
    parameter: Parameter | None = None


@dataclass(frozen=True, slots=True)
class FromImport:
    """The name is imported."""

    imported: Import


@dataclass(frozen=True, slots=True)
class FromScope:
    """The name is a function or class defined in the file."""

    scope: Scope


Definition: TypeAlias = FromParameter | FromBindings | FromImport | FromScope


def lookup(
    facts: FileFacts,
    symbol: str,
    name: str,
    before: int | None,
    settled: Callable[[Scope, Binding], bool | None] | None = None,
) -> Definition | None:
    """Find what a name stands for when read in the scope `symbol` at byte `before`.

    `before` limits the bindings of the innermost scope alone: outer scopes have run by then. The
    variable of a comprehension is bound behind where it is read, under a name of its own.
    `settled` tells of a conditional binding whether it is known to be made, or not to be.
    """
    for scope in visible_scopes(facts, symbol):
        limit = before if scope.symbol == symbol and OWN_NAME not in name else None
        found = _in_scope(facts, scope, name, limit, settled)
        if found:
            return found
    return None


def visible_scopes(facts: FileFacts, symbol: str) -> Iterator[Scope]:
    """Yield the scopes a name is looked up in, innermost first; outer classes do not count."""
    scope = facts.scopes.get(symbol)
    innermost = True
    while scope is not None:
        if innermost or scope.kind is not ScopeKind.CLASS:
            yield scope
        innermost = False
        scope = None if scope.parent is None else facts.scopes.get(scope.parent)


def owner_class(facts: FileFacts, symbol: str) -> Scope | None:
    """Give the class that a method, or a function nested in one, belongs to."""
    scope = facts.scopes.get(symbol)
    while scope is not None and scope.parent is not None:
        parent = facts.scopes.get(scope.parent)
        if parent is not None and parent.kind is ScopeKind.CLASS:
            return parent
        scope = parent
    return None


def method_of_self(facts: FileFacts, symbol: str, name: str) -> Scope | None:
    """Give the class whose instance `name` is, when it is the first parameter of a method."""
    method = method_with_self(facts, symbol, name)
    return facts.scopes.get(method.parent or "") if method else None


def method_with_self(facts: FileFacts, symbol: str, name: str) -> Scope | None:
    """Give the method whose first parameter `name` is, as it is read in a scope."""
    for scope in visible_scopes(facts, symbol):
        if scope.kind is not ScopeKind.FUNCTION:
            continue
        if _is_method(facts, scope) and scope.parameters and scope.parameters[0].name == name:
            return scope
        if any(each.name == name for each in scope.parameters):
            return None
    return None


def method_around(facts: FileFacts, symbol: str) -> Scope | None:
    """Give the method that a scope is, or is nested in."""
    inside = (each for each in visible_scopes(facts, symbol) if each.kind is ScopeKind.FUNCTION)
    return next((each for each in inside if _is_method(facts, each)), None)


def class_given(facts: FileFacts, method: Scope, parameter: Parameter) -> Scope | None:
    """Give the class that a class method gets as its first parameter, by the name `cls`."""
    owner = facts.scopes.get(method.parent or "")
    named = any(isinstance(each, Name) and each.name == "classmethod" for each in method.decorators)
    first = method.parameters[:1] == (parameter,)
    return owner if owner and owner.kind is ScopeKind.CLASS and named and first else None


def child(facts: FileFacts, scope: Scope, name: str) -> Scope | None:
    """Give the function or class of that name defined directly in a scope."""
    return facts.scopes.get(f"{scope.symbol}.{name}" if scope.symbol else name)


def reaching(bindings: tuple[Binding, ...]) -> tuple[Binding, ...]:
    """Drop the bindings that a later, unconditional one overwrites."""
    last = max((i for i, each in enumerate(bindings) if not each.conditional), default=0)
    return bindings[last:]


def _is_method(facts: FileFacts, scope: Scope) -> bool:
    """Whether a function gets the object, or the class, that it is called on."""
    parent = facts.scopes.get(scope.parent or "")
    in_class = parent is not None and parent.kind is ScopeKind.CLASS
    return in_class and not is_static(scope)


def is_static(scope: Scope) -> bool:
    """Whether a function of a class is marked to be called like any other."""
    return any(isinstance(each, Name) and each.name == "staticmethod" for each in scope.decorators)


def _in_scope(
    facts: FileFacts,
    scope: Scope,
    name: str,
    before: int | None,
    settled: Callable[[Scope, Binding], bool | None] | None,
) -> Definition | None:
    parameter = next((each for each in scope.parameters if each.name == name), None)
    bindings = tuple(
        each
        for each in scope.bindings
        if each.name == name
        and each.how in VALUE_BINDINGS
        and each.value is not None
        and (before is None or _is_bound_by(each, before))
    )
    if settled is not None:
        bindings = tuple(_settle(scope, bindings, settled))
    if bindings:
        kept = reaching(bindings)
        survives = parameter if all(each.conditional for each in kept) else None
        return FromBindings(scope, kept, survives)
    if parameter:
        return FromParameter(scope, parameter)
    imported = next(
        (each for each in facts.imports if each.local == name and each.scope == scope.symbol), None
    )
    if imported:
        return FromImport(imported)
    defined = child(facts, scope, name)
    return FromScope(defined) if defined else None


def _is_bound_by(binding: Binding, before: int) -> bool:
    """Whether a binding has run at a byte: inside its own value, the name is still the old one."""
    value = binding.value
    inside = value is not None and value.at.start <= before < value.at.end
    return binding.at.start < before and not inside


def _settle(
    scope: Scope, bindings: Iterable[Binding], settled: Callable[[Scope, Binding], bool | None]
) -> Iterator[Binding]:
    """Drop the bindings that are not made, and free those that are of their condition."""
    for binding in bindings:
        made = settled(scope, binding) if binding.conditional else True
        if made is None:
            yield binding
        elif made:
            yield replace(binding, conditional=False)
