"""State which model a team's own name stands for, and what the name becomes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ServingKind(StrEnum):
    """Who gave the name."""

    DEPLOYMENT = "deployment"  # of a host such as Azure
    ALIAS = "alias"  # of a gateway


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """A name that calls use in place of a model's id, as the configuration declares it.

    `model` is the id that it serves today, `becomes` the name under which the target is to be
    called, and `ready` says that somebody made that.
    """

    kind: ServingKind
    name: str
    model: str
    becomes: str
    ready: bool = False
