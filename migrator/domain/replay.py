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
    REPEATED = "repeated"  # nothing is seen to be, and a loop stands around a caller that gets them
    OUT_OF_VIEW = "out of view"  # who gets the items, and brings the next input, is not in view


@dataclass(frozen=True, slots=True)
class Replay:
    """The strongest sign of a replay, and where it is written."""

    what: Replayed
    at: Place
