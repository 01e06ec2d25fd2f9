"""Tell of numbers that a function changes step by step: `temperature += 0.2`."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.expression import Name, Scalar
from migrator.domain.trail import Found, Lost
from migrator.following.port import Walk


def changed_in_steps(walk: Walk, argument: Found) -> Iterator[Lost]:
    """Yield why a value cannot be read, where its name gains or loses a number somewhere."""
    facts = walk.file(argument.frame.path)
    scope = facts.scopes.get(argument.frame.symbol) if facts else None
    name = argument.expression.name if isinstance(argument.expression, Name) else ""
    for each in scope.bindings if scope and name else ():
        if (each.name, each.how) == (name, "augmented") and isinstance(each.value, Scalar):
            at = each.at.within(argument.frame.path)
            yield Lost(f"{name} is changed step by step", at)
