"""Check the signs by which workflow risks are told."""

from __future__ import annotations

from dataclasses import dataclass, replace

from migrator.domain.block import Risk, RiskFact
from migrator.playbook._decode import Key
from migrator.playbook._texts import Cited


@dataclass(frozen=True, slots=True, kw_only=True)
class RisksFile:
    """What `risks.toml` holds."""

    closed_answers: tuple[str, ...]
    scripts: tuple[str, ...]
    risks: tuple[RiskFact, ...]


def check_risks(risks: tuple[RiskFact, ...], cited: Cited, at: Key) -> tuple[RiskFact, ...]:
    """Give the risks with their source as a line of text.

    Raises PlaybookError for a risk that is there twice or missing.
    """
    seen: set[Risk] = set()
    for index, each in enumerate(risks):
        here = at.item(index)
        if each.id in seen:
            raise here.child("id").refuse(f"`{each.id}` is there twice")
        seen.add(each.id)
    for risk in Risk:
        if risk not in seen:
            raise at.refuse(f"`{risk}` is missing")
    return tuple(
        replace(each, source=cited.text(each.source, at.item(index).child("source")))
        for index, each in enumerate(risks)
    )
