"""State the layer of edits that is made only when asked for: what frees sites outside the guide."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from migrator.domain.distribution import Distribution
from migrator.domain.edit import Change, Splice


class Sampling(StrEnum):
    """What to do about sampling parameters, which the target takes only without reasoning."""

    NONE = "none"  # keep them and set the reasoning effort to `none`
    DROP = "drop"  # no longer send them


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """One change of a call's arguments, and the sites of that call.

    `with_swap` tells that the model of today refuses what the change sends, so that it has to be
    made in the same commit as the swap of the id. `setting` is the setting that it changes, `rules`
    are the codes of the findings that it lifts. `library` is the version of the library that sends
    what is changed, and `since` the first one that can, empty where all can.
    """

    change: Change
    setting: str
    rules: tuple[str, ...]
    sites: tuple[str, ...]
    with_swap: bool = False
    since: str = ""
    library: Distribution | None = None


@dataclass(frozen=True, slots=True)
class LoweredFix:
    """A fix with the bytes that it becomes."""

    fix: Fix
    splice: Splice


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Groups that fixes would free, and why the others that were looked at are left.

    `freed` are ids of groups; `left` maps a group to the reason. `moves` are the sites that would
    change with them.
    """

    freed: tuple[str, ...]
    fixes: tuple[Fix, ...]
    moves: tuple[str, ...]
    left: tuple[tuple[str, str], ...]
