"""Read what is added to a table between its making and the call that takes it in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from migrator.domain.expression import (
    Choice,
    ChoiceKind,
    Expression,
    Member,
    Name,
    Opaque,
    Scalar,
    dotted,
)
from migrator.domain.facts import Binding, FileFacts, Scope
from migrator.domain.source import Location
from migrator.domain.trail import Found, Frame, Lost
from migrator.following.grown import defaults_set
from migrator.following.port import Walk
from migrator.following.scopes import owner_class, visible_scopes

Arguments = dict[str, Found]
Unfold = Callable[[Expression, Frame], tuple[Arguments, list[Lost]]]

MOST_STEPS = 1_000  # of one key in one function
_ADDS = frozenset({"item", "augmented", "call", "drop"})


def grow(
    walk: Walk, value: Expression, frame: Frame, arguments: Arguments, unfold: Unfold
) -> list[Lost]:
    """Add `table[key] = …`, `table.update(…)`, `table |= …` and `setdefault` to what was made.

    What may not run, or runs in an order that cannot be told, gives a further possible value; a
    key goes only where its removal is certain, and cannot be read where that hangs on a condition
    that cannot be told.
    Gives what could not be followed. `unfold` reads the content of a table.
    """
    lost: list[Lost] = []
    for binding, sure in _added(walk, value, frame):
        if binding.how == "drop":
            _drop(arguments, binding, frame, sure=sure)
            continue
        added, missing = _content(binding, frame, unfold)
        lost += missing
        for key, found in added.items():
            old = arguments.get(key)
            arguments[key] = found if sure else either(key, old, found, binding.at)
    return lost


def _drop(arguments: Arguments, binding: Binding, frame: Frame, *, sure: bool) -> None:
    old = arguments.pop(binding.key, None) if sure else arguments.get(binding.key)
    # What another function may remove may as well be another table's.
    if old is not None and not sure and frame == old.frame and binding.conditional:
        arguments[binding.key] = replace(old, expression=Opaque(binding.at, "perhaps removed"))


def merge(arguments: Arguments, other: Mapping[str, Found]) -> None:
    """Take in what another path brings instead.

    A key that both have may hold either value, one that a single path has may be left out.
    """
    for key in [each for each in arguments if each not in other]:
        old = arguments[key]
        arguments[key] = either(key, None, old, old.expression.at)
    for key, found in other.items():
        before = arguments.get(key)
        same = before is not None and before.expression.at == found.expression.at
        arguments[key] = found if same else either(key, before, found, found.expression.at)


def either(key: str, old: Found | None, new: Found, at: Location) -> Found:
    """Give a value that may be the old one, or none at all, or the new one.

    Values that stand in different frames cannot be read as one; a model id keeps the last.
    """
    mark = _mark(key, at, *([old.expression] if old else []), new.expression)
    if old is None:
        nothing = Scalar(replace(at, start=at.end), None)
        return replace(new, expression=_choice(mark, nothing, new.expression))
    if old.frame == new.frame:
        return replace(new, expression=_choice(mark, old.expression, new.expression))
    return new if key == "model" else Found(Opaque(mark, "one of several values"), new.frame)


def _mark(key: str, at: Location, *inside: Expression) -> Location:
    """Give a place for a value put together here: of each key and each step its own.

    The walk tells expressions apart by where they stand, and no literal ends before the file.
    """
    ends = [each.at.end for each in inside if each.at.start == at.start and each.at.end < 0]
    return replace(at, end=min(ends) - 1 if ends else -int.from_bytes(key.encode()) * MOST_STEPS)


def _choice(at: Location, *options: Expression) -> Choice:
    return Choice(at, ChoiceKind.CONDITION, options)


def _content(
    binding: Binding, frame: Frame, unfold: Unfold
) -> tuple[Mapping[str, Found], list[Lost]]:
    at = binding.at.within(frame.path)
    if binding.value is None:
        return {}, []
    if binding.how != "item":
        return unfold(binding.value, frame)
    if not binding.key:
        return {}, [Lost("a key that cannot be read is set on a splatted table", at)]
    return {binding.key: Found(binding.value, frame)}, []


def _added(walk: Walk, value: Expression, frame: Frame) -> Iterator[tuple[Binding, bool]]:
    """Give what is added to a named table, and whether it certainly is before the call."""
    facts = walk.file(frame.path)
    name = dotted(value)
    if facts is None or name is None:
        return
    for scope in owning_scopes(facts, value, frame.symbol):
        here = scope.symbol == frame.symbol
        bindings = [each for each in scope.bindings if each.name == name]
        bindings += defaults_set(facts, scope, name)
        made = _made(bindings, value.at.start) if here else -1
        for each in sorted(bindings, key=lambda each: each.at):
            later = here and each.at.start > value.at.start
            if each.how not in _ADDS or each.at.start < made or (later and not each.conditional):
                continue
            done = _is_done(walk, scope, each, frame) if here else None
            if done is not False:
                yield each, here and done is True


def owning_scopes(facts: FileFacts, value: Expression, symbol: str) -> Iterator[Scope]:
    """Give the scopes in which what is read there can be changed by its name."""
    name = dotted(value) or ""
    for scope in _scopes(facts, value, symbol):
        yield scope
        if isinstance(value, Name) and _owns(scope, name):
            return


def _is_done(walk: Walk, scope: Scope, binding: Binding, frame: Frame) -> bool | None:
    """Tell whether a binding of the call's own scope is made; None when that is not known."""
    if not walk.runs(frame, binding.at.start):
        return False
    if not binding.conditional:
        return True
    settled = walk.settled(frame)
    return settled(scope, binding) if settled else None


def _scopes(facts: FileFacts, value: Expression, symbol: str) -> Iterator[Scope]:
    """Give the scopes in which a table can be added to: for a member, all methods of its class."""
    if not isinstance(value, Member):
        yield from visible_scopes(facts, symbol)
        return
    owner = owner_class(facts, symbol)
    for scope in facts.scopes.values():
        if scope.symbol == symbol or (owner and scope.parent == owner.symbol):
            yield scope


def _owns(scope: Scope, name: str) -> bool:
    bound = any(each.name == name and each.how not in _ADDS for each in scope.bindings)
    return bound or any(each.name == name for each in scope.parameters)


def _made(bindings: list[Binding], before: int) -> int:
    """Find where a table was last made for certain before the call; -1 when it was not here."""
    made = (
        each.at.start
        for each in bindings
        if each.how == "assignment" and not each.conditional and each.at.start < before
    )
    return max(made, default=-1)
