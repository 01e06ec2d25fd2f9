"""Read what names and the words of a prompt say of the work."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from migrator.domain.block import Origin, RiskEvidence, RiskFact, Strength
from migrator.domain.prompt import STEERING, PromptLink, Speaker
from migrator.domain.site import ClassifiedSite

_LONGEST = 60


def of_prompt(fact: RiskFact, links: Sequence[PromptLink]) -> Iterator[RiskEvidence]:
    """Give the evidence in the words that steer the model, or in a user's template."""
    for link in links:
        if link.surface is None or link.speaker not in {*STEERING, Speaker.USER}:
            continue
        text = " ".join(link.surface.text.split())
        for strength, patterns in (
            (Strength.STRONG, fact.prompt),
            (Strength.WEAK, fact.weak_prompt),
        ):
            found = next(_matches(patterns, text), "")
            if found:
                yield RiskEvidence(
                    risk=fact.id,
                    strength=strength,
                    origin=Origin.PROMPT,
                    what=f"the prompt says `{found}`",
                    at=link.surface.at.within(link.surface.path),
                )


def of_names(fact: RiskFact, site: ClassifiedSite) -> Iterator[RiskEvidence]:
    """Give what the names around a call hint at; a name is never strong evidence."""
    stem = site.bound.place.path.rpartition("/")[2].partition(".")[0]
    names = dict.fromkeys((*site.bound.symbol.split("."), stem))
    for name in names:
        plain = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
        if any(re.search(each, plain) for each in fact.names):
            yield RiskEvidence(
                risk=fact.id,
                strength=Strength.WEAK,
                origin=Origin.NAMES,
                what=f"it is called `{name}`",
                at=site.bound.place,
            )


def _matches(patterns: Sequence[str], text: str) -> Iterator[str]:
    for each in patterns:
        found = re.search(each, text, re.IGNORECASE)
        if found:
            shown = found[0] if len(found[0]) <= _LONGEST else found[0][: _LONGEST - 1] + "…"
            yield shown.replace("`", "'")
