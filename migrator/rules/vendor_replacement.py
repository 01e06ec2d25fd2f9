"""Note what is known of an id that a person has to decide on: its tier, and what replaces it.

What it checks
    Ids of the small and the pro tier, dated snapshots and moving names: what the target costs
    beside a small model, and which model the vendor names in place of the id.

Why
    The guide leaves such ids to a person, who needs the facts for a yes or a no. There is no small
    gpt-5.5, and the vendor never named gpt-5.5 in place of a small model.

Example
    `model="gpt-4o-mini"`

Source
    `models.toml` of the playbook; each finding cites its entry's own source.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.catalogue import Model, Tier
from migrator.domain.finding import Finding, Severity
from migrator.domain.playbook import Playbook
from migrator.domain.rule import Rule
from migrator.domain.site import ClassifiedSite

_ROUND = 10


def check(site: ClassifiedSite, playbook: Playbook) -> Iterator[Finding]:
    """Put what the catalogue knows into one note."""
    reference = site.bound.reference
    model = reference.recognised.model if reference else None
    if reference is None or model is None or not _asks(model):
        return
    facts = [*_of_tier(model, playbook)]
    if model.replacement:
        facts.append(f"the vendor names {model.replacement} in place of {model.id}")
    if facts:
        yield Finding(
            rule=RULE.code,
            clause=RULE.clause,
            severity=Severity.NOTES,
            message="; ".join(facts),
            at=reference.place,
            source=model.source,
        )


def _asks(model: Model) -> bool:
    tiered = model.tier in {Tier.SMALL, Tier.PRO}
    return model.exists and (tiered or model.alias or model.snapshot_of is not None)


def _of_tier(model: Model, playbook: Playbook) -> Iterator[str]:
    if model.tier is Tier.SMALL:
        yield f"there is no small {playbook.target}{_dearer(model, playbook)}"
    if model.tier is Tier.PRO:
        yield f"{playbook.target} is below the pro tier"


def _dearer(model: Model, playbook: Playbook) -> str:
    target = playbook.catalogue.models[playbook.target]
    if model.price is None or target.price is None:
        return ""
    now, then = model.price, target.price
    times = [_times(high / low) for high, low in zip(then, now, strict=True)]
    return f", and its list price is {times[0]} times as high for input, {times[1]} for output"


def _times(ratio: float) -> str:
    return f"{ratio:.0f}" if ratio >= _ROUND else f"{ratio:.1f}".removesuffix(".0")


RULE = Rule(
    code="R71",
    slug="vendor-replacement",
    title="What is known of an id that a person decides on",
    clause="posture.3",
    check=check,
    also=("checklist-notes.4",),
)
