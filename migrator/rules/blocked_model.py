"""Report source models that were built for another way of calling.

What it checks
    Models that the catalogue marks as blocked, with its reason: search previews, deep research,
    computer use, text completions.

Why
    Their tools, loops or requests differ from those of a text model, so that another id in the
    same call does not do the same work.

Example
    `model="gpt-4o-search-preview"`

Source
    `models.toml` of the playbook; each finding cites its entry's own source.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.finding import Finding, Severity, Size, SizeKind
from migrator.domain.playbook import Playbook
from migrator.domain.rule import Rule
from migrator.domain.site import ClassifiedSite


def check(site: ClassifiedSite, playbook: Playbook) -> Iterator[Finding]:
    """Turn the catalogue's own statement into a finding at the reference."""
    reference = site.bound.reference
    model = reference.recognised.model if reference else None
    if reference is None or model is None or model.blocked is None:
        return
    yield Finding(
        rule=RULE.code,
        clause=RULE.clause,
        severity=Severity.BLOCKS,
        message=model.blocked,
        at=reference.place,
        size=Size(SizeKind.API, 1),
        follow_up=f"Rebuild what {model.id} does here with {playbook.target} and the API's tools.",
        source=model.source,
    )


RULE = Rule(
    code="R25",
    slug="blocked-model",
    title="Models built for another way of calling",
    clause="blocked.1",
    check=check,
)
