"""Check the signs by which workflow risks are told."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from migrator.domain.block import Risk, RiskFact
from migrator.playbook._decode import Key
from migrator.playbook._texts import Cited

_PATTERNS = ("tool_names", "prompt", "weak_prompt", "names")


@dataclass(frozen=True, slots=True, kw_only=True)
class RisksFile:
    """What `risks.toml` holds."""

    closed_answers: tuple[str, ...]
    scripts: tuple[str, ...]
    risks: tuple[RiskFact, ...]


def check_risks(risks: tuple[RiskFact, ...], cited: Cited, at: Key) -> tuple[RiskFact, ...]:
    """Give the risks with their source as a line of text.

    Raises PlaybookError for a risk that is there twice or missing, and for a broken pattern.
    """
    seen: set[Risk] = set()
    for index, each in enumerate(risks):
        here = at.item(index)
        if each.id in seen:
            raise here.child("id").refuse(f"`{each.id}` is there twice")
        seen.add(each.id)
        for name in _PATTERNS:
            check_patterns(getattr(each, name), here.child(name))
    for risk in Risk:
        if risk not in seen:
            raise at.refuse(f"`{risk}` is missing")
    return tuple(
        replace(each, source=cited.text(each.source, at.item(index).child("source")))
        for index, each in enumerate(risks)
    )


def check_patterns(patterns: tuple[str, ...], at: Key) -> tuple[str, ...]:
    """Give the patterns; raises PlaybookError for what is no regular expression."""
    for number, pattern in enumerate(patterns):
        check_pattern(pattern, at.item(number))
    return patterns


def check_pattern(pattern: str, at: Key) -> None:
    """Raise PlaybookError for what is no regular expression."""
    try:
        re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise at.refuse(f"is no regular expression: {error}") from error
