"""Account for every textual occurrence of a model id: each lands in exactly one bucket."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from migrator.domain.catalogue import Recognised
from migrator.domain.source import Location

# Why a mention is none of a choice, where users or code choose from what it stands in.
MEMBER_OF_A_LIST = "a member of a list"
PART_OF_A_TYPE = "part of a type"


class Bucket(StrEnum):
    """Where a mention is counted."""

    SITE = "site"
    UNBOUND = "unbound"
    CATALOGUE = "catalogue"
    PROSE = "prose"
    COMMENT = "comment"
    OUT_OF_SCOPE = "out_of_scope"
    UNRECOGNISED_ID = "unrecognised_id"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Mention:
    """An occurrence as found in the bytes; `at` spans prefix, id and suffix."""

    path: str
    at: Location
    recognised: Recognised
