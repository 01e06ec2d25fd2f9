"""Say how a call's output items come back into the next request."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from migrator.domain.source import Place


class Replayed(StrEnum):
    """What is passed back by hand; the first of several counts."""

    WHOLE = "whole"  # every output item, unchanged
    FILTERED = "filtered"  # the items themselves, but only those of some types
    REBUILT = "rebuilt"  # messages or calls written anew from what the items say


@dataclass(frozen=True, slots=True)
class Replay:
    """The strongest sign of a replay, and where it is written."""

    what: Replayed
    at: Place
