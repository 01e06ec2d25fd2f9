"""Find the calls of objects that can be called: `ask = Asker(…)`, then `ask(thread)`."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.expression import Call
from migrator.domain.facts import FileFacts
from migrator.domain.trail import Defined, Found, Trail
from migrator.following.aliases import called_name
from migrator.following.port import Walk

CALLED = ".__call__"


def instances_in(facts: FileFacts) -> Iterator[tuple[str, str]]:
    """Give pairs of a class's name and one that an instance of it is given, by last segments."""
    for scope in facts.scopes.values():
        for binding in scope.bindings:
            if isinstance(binding.value, Call):
                name = called_name(binding.value.callee)
                if name[:1].isupper():
                    yield name, binding.name.rpartition(".")[2]


def is_instance(walk: Walk, end: Trail, path: str, symbol: str) -> bool:
    """Whether an end is an instance of a class of the repository."""
    if not isinstance(end, Found) or not isinstance(end.expression, Call):
        return False
    made = walk.follow(end.expression.callee, end.frame)
    return any(isinstance(e, Defined) and (e.path, e.symbol) == (path, symbol) for e in made)
