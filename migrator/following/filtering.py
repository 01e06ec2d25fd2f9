"""Evaluate comprehensions: which of the items that they run over pass their conditions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from migrator.domain.expression import Expression, Name, Opaque
from migrator.domain.facts import FileFacts, Guard
from migrator.domain.parts import names
from migrator.domain.trail import Frame
from migrator.following.outcomes import (
    UNKNOWN,
    Assumed,
    Entries,
    Evaluated,
    Many,
    Value,
    Written,
    known,
)

_MARK = "#"  # in the names that the front-end gives to variables of comprehensions and lambdas


class Evaluates(Protocol):
    """What the evaluation of a comprehension asks of the evaluation of everything."""

    world: Assumed
    bound: Mapping[str, Evaluated]

    def evaluate(self, expression: Expression, frame: Frame) -> Evaluated:
        """Give the value of an expression."""

    def truth(self, test: Expression, frame: Frame) -> Evaluated:
        """Give whether a test holds."""


@dataclass(frozen=True, slots=True)
class Filtered:
    """The elements that pass the conditions; not `complete` when there may be more of them.

    `ours` tells whether the conditions ask for the text in play.
    """

    items: tuple[Evaluated, ...]
    complete: bool
    ours: bool

    @property
    def empty(self) -> bool:
        """Whether it is known that nothing passes."""
        return self.complete and not self.items

    @property
    def first(self) -> Evaluated:
        """The first element that passes, unknown where one before it may pass as well."""
        found = self.items[0] if self.items else UNKNOWN
        return replace(found, ours=found.ours or self.ours)


def conditions_of(facts: FileFacts, comprehension: Expression) -> tuple[Guard, ...]:
    """Give the conditions of a comprehension: the guards of its element."""
    if not isinstance(comprehension, Opaque) or comprehension.what != "comprehension":
        return ()
    element = comprehension.inner[0].at
    return tuple(
        each
        for each in facts.guards
        if each.then is not None
        and each.then.start == element.start
        and each.then.end in {inner.at.end for inner in comprehension.inner}
    )


def filtered(on: Evaluates, comprehension: Opaque, frame: Frame) -> Filtered:
    """Give what a comprehension yields: its elements, or the keys of the table that it makes."""
    facts = on.world.file(frame.path)
    element, *_, source = comprehension.inner
    tests = [each.test for each in conditions_of(facts, comprehension)] if facts else []
    sources = [
        each for each in comprehension.inner[1:] if facts and variables_of(facts, each, frame)
    ]
    variables = variables_of(facts, source, frame) if facts and sources == [source] else {}
    return _passing(on, (element, tests), source, variables, frame)


def filtered_by(on: Evaluates, test: Opaque, source: Expression, frame: Frame) -> Filtered:
    """Give what `filter(lambda each: …, source)` lets pass."""
    (body,) = test.inner
    own = sorted(each for each in names(body) if _MARK in each and each not in on.bound)
    element = Name(body.at, own[0]) if own else body
    variables = {own[0]: None} if len(own) == 1 else {}
    return _passing(on, (element, [body]), source, variables, frame)


def value_of(on: Evaluates, comprehension: Opaque, frame: Frame) -> Evaluated:
    """Give the series or the table that a comprehension makes."""
    found = filtered(on, comprehension, frame)
    facts = on.world.file(frame.path)
    if facts is None or not _makes_table(facts, comprehension, frame):
        return series_of(found)
    entries = Entries({}, complete=found.complete)
    for key in found.items:
        entries = entries.plus(key.value if key.known else (), (comprehension.inner[1], frame))
    return known(entries, ours=found.ours)


def series_of(found: Filtered) -> Evaluated:
    """Give what passes as one series."""
    return known(Many(found.items, complete=found.complete), ours=found.ours)


def variables_of(facts: FileFacts, source: Expression, frame: Frame) -> Mapping[str, int | None]:
    """Name the variables that run over a source, each with the part of a row that it is given."""
    scope = facts.scopes.get(frame.symbol)
    return {
        binding.name: int(binding.key) if binding.key else None
        for binding in (scope.bindings if scope else ())
        if binding.how == "loop"
        and binding.value is not None
        and binding.value.at == source.at
        and (not binding.key or binding.key.isdigit())
    }


def rows(
    on: Evaluates, source: Expression, variables: Mapping[str, int | None], frame: Frame
) -> tuple[tuple[Mapping[str, Evaluated], ...], bool]:
    """Give the values of the variables for each row of a source, and whether these are all rows."""
    value: Value = on.evaluate(source, frame).value
    match value:
        case Many(items=items, complete=complete):
            pass
        case Entries(table=table, complete=complete):
            items = tuple(known(each) for each in table)
        case _:
            return (), False
    named = variables.items()
    return tuple({name: _part(each, at) for name, at in named} for each in items), complete


def _makes_table(facts: FileFacts, comprehension: Opaque, frame: Frame) -> bool:
    """Whether a comprehension has a key and a value; else its parts are what it runs over."""
    _, *rest = comprehension.inner
    return len(rest) == 2 and not variables_of(facts, rest[0], frame)  # noqa: PLR2004


def _part(item: Evaluated, at: int | None) -> Evaluated:
    if at is None:
        return item
    found = item.value.at(at) if isinstance(item.value, Many) else None
    return found or UNKNOWN


def _passing(
    on: Evaluates,
    kept: tuple[Expression, list[Expression]],
    source: Expression,
    variables: Mapping[str, int | None],
    frame: Frame,
) -> Filtered:
    element, tests = kept
    found: list[Evaluated] = []
    ours, outer = False, on.bound
    every, complete = rows(on, source, variables, frame) if variables else ((), False)
    if not every and not complete:
        ours = any(on.truth(each, frame).ours for each in tests)
    for row in every:
        on.bound = {**outer, **row}
        answers = [on.truth(each, frame) for each in tests]
        ours = ours or any(each.ours for each in answers)
        if all(each.known and each.value for each in answers):
            value = on.evaluate(element, frame)
            found.append(value if value.known else known(Written(element, frame), ours=value.ours))
        elif not any(each.known and not each.value for each in answers):
            complete = False
            break
    on.bound = outer
    return Filtered(tuple(found), complete=complete, ours=ours)
