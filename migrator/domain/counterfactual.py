"""State which single fact of a site its verdict turns on."""

from __future__ import annotations

from dataclasses import dataclass

from migrator.domain.site import Outcome
from migrator.domain.source import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterfactual:
    """One fact, with its place in the code, without which the outcome would be this one."""

    fact: str
    at: Place | None
    outcome: Outcome
