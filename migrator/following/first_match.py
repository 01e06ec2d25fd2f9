"""Evaluate `next(each for each in models if each["id"] == model)`: the first that passes a test."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from migrator.domain.expression import Expression, Opaque
from migrator.domain.facts import FileFacts, Guard
from migrator.domain.trail import Frame
from migrator.following.outcomes import UNKNOWN, Assumed, Evaluated, Many


class Evaluates(Protocol):
    """What the evaluation of a comprehension asks of the evaluation of everything."""

    world: Assumed
    bound: Mapping[str, Evaluated]

    def evaluate(self, expression: Expression, frame: Frame) -> Evaluated:
        """Give the value of an expression."""

    def truth(self, test: Expression, frame: Frame) -> Evaluated:
        """Give whether a test holds."""


def conditions_of(facts: FileFacts, comprehension: Expression) -> tuple[Guard, ...]:
    """Give the conditions of a comprehension: the guards of its element."""
    if not isinstance(comprehension, Opaque) or comprehension.what != "comprehension":
        return ()
    element = comprehension.inner[0].at
    return tuple(
        each
        for each in facts.guards
        if each.then is not None
        and (each.then.start, each.then.end) == (element.start, element.end)
    )


def first_match(on: Evaluates, comprehension: Opaque, frame: Frame) -> tuple[Evaluated, bool]:
    """Give the first element that a comprehension yields, and whether it is known to yield none."""
    facts = on.world.file(frame.path)
    if facts is None or len(comprehension.inner) != 2:  # noqa: PLR2004
        return UNKNOWN, False
    element, source = comprehension.inner
    tests = [each.test for each in conditions_of(facts, comprehension)]
    name, items = variable_of(facts, source, frame), on.evaluate(source, frame).value
    if name is None or not isinstance(items, Many):
        return Evaluated(None, known=False, ours=_ours(on, tests, frame)), False
    outer, ours, found = on.bound, False, None
    for item in items.items:
        on.bound = {**outer, name: item}
        answers = [on.truth(each, frame) for each in tests]
        ours = ours or any(each.ours for each in answers)
        if not all(each.known for each in answers):
            break
        if all(each.value for each in answers):
            found = on.evaluate(element, frame)
            break
    else:
        on.bound = outer
        return Evaluated(None, known=items.complete, ours=ours), items.complete
    on.bound = outer
    if found is None:
        return Evaluated(None, known=False, ours=ours), False
    return Evaluated(found.value, known=found.known, ours=found.ours or ours), False


def _ours(on: Evaluates, tests: list[Expression], frame: Frame) -> bool:
    return any(on.truth(each, frame).ours for each in tests)


def variable_of(facts: FileFacts, source: Expression, frame: Frame) -> str | None:
    """Name the single variable that runs over the source of a comprehension."""
    scope = facts.scopes.get(frame.symbol)
    for binding in scope.bindings if scope else ():
        of_source = binding.value is not None and binding.value.at == source.at
        if binding.how == "loop" and not binding.key and "#" in binding.name and of_source:
            return binding.name
    return None
