"""Find the groups of edits that break a command, with few runs of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Groups: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bisected:
    """The groups that can stay, and each that cannot, with those beside which it was tried last."""

    kept: Groups
    broken: tuple[tuple[str, Groups], ...]


def bisect(groups: Sequence[str], passes: Callable[[Groups], bool]) -> Bisected:
    """Keep as many groups as go together, in their order; `passes` runs the command on them.

    Whatever is kept passed as a whole, provided that no group at all passes too. With k breaking
    groups among n it takes about 2 k log2 n runs.
    """
    return _extended(Bisected((), ()), tuple(groups), passes)


def _extended(so_far: Bisected, more: Groups, passes: Callable[[Groups], bool]) -> Bisected:
    together = (*so_far.kept, *more)
    if not more or passes(together):
        return Bisected(together, so_far.broken)
    if len(more) == 1:
        return Bisected(so_far.kept, (*so_far.broken, (more[0], so_far.kept)))
    middle = len(more) // 2
    first = _extended(so_far, more[:middle], passes)
    return _extended(first, more[middle:], passes)
