"""Say what a rule reports at a site."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from migrator.domain.remedy import Remedy
from migrator.domain.source import Place


class Severity(StrEnum):
    """What a finding does to the outcome of its site."""

    BLOCKS = "blocks"  # certain; needs code: outcome blocked
    UNSETTLED = "unsettled"  # cannot be decided from the repository: outcome unknown
    ASKS = "asks"  # a person has to confirm: outcome confirmation_needed
    RISK = "risk"  # a workflow risk that asks for more than the string
    WARNS = "warns"  # shown, never moves an outcome
    NOTES = "notes"


class SizeKind(StrEnum):
    """Where the work of a blocker lies."""

    PARAMETER = "parameter"
    GATE = "gate"
    DEPLOYMENT = "deployment"
    SDK = "sdk"
    API = "api"
    TOOLING = "tooling"
    DESIGN = "design"


@dataclass(frozen=True, slots=True)
class Size:
    """How large the smallest fix is; `edits` counts places, one means "one line away"."""

    kind: SizeKind
    edits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one rule says of one site, with the place in the code and the source of the fact.

    `remedies` are the edits that a program could make, any one of which lifts it.
    `root` is where the remedy belongs when that is not where the finding shows: findings of one
    rule with one remedy and one root are one task, however many sites they stop. `question` is the
    playbook's question whose answer settles it.
    """

    rule: str
    clause: str
    severity: Severity
    message: str
    at: Place
    size: Size | None = None
    follow_up: str = ""
    source: str = ""
    remedies: tuple[Remedy, ...] = ()
    root: Place | None = None
    question: str = ""

    @property
    def cause(self) -> Place:
        """Where the remedy belongs."""
        return self.root or self.at
