"""Tell whether an exception that a gate raises is met by code that goes on in another way."""

from __future__ import annotations

from collections.abc import Iterable

from migrator.domain.trail import Frame
from migrator.following.port import Walk

MOST_CALLS = 3
_BROAD = frozenset({"Exception", "BaseException"})


def is_caught(walk: Walk, frame: Frame, caught: Iterable[str], raised: str) -> bool:
    """Whether `raised` is caught where it is raised, or by every caller in view."""
    names = _BROAD | {raised.rpartition(".")[2]}
    names |= {"LookupError"} if raised in {"KeyError", "IndexError"} else set()
    return _meets(caught, names) or _by_callers(walk, frame, names, MOST_CALLS)


def _meets(caught: Iterable[str], names: frozenset[str]) -> bool:
    return any(each.rpartition(".")[2] in names for each in caught)


def _by_callers(walk: Walk, frame: Frame, names: frozenset[str], calls: int) -> bool:
    facts = walk.file(frame.path)
    scope = facts.scopes.get(frame.symbol) if facts else None
    if scope is None or not frame.symbol or calls == 0:
        return False
    callers = walk.callers.of(walk, frame.path, scope)
    return bool(callers) and all(
        _meets(invocation.caught, names) or _by_callers(walk, where, names, calls - 1)
        for where, invocation, _ in callers
    )
