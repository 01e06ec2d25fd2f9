"""Report fine-tuned models.

What it checks
    Ids that begin with `ft:`.

Why
    What was trained into a fine-tune is tied to its base model and does not travel: another model
    with the same prompt is another product.

Example
    `model="ft:gpt-4o-2024-08-06:acme::abc123"`

Source
    https://developers.openai.com/api/docs/deprecations
"""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.finding import Finding, Severity, Size, SizeKind
from migrator.domain.playbook import Playbook
from migrator.domain.rule import Rule
from migrator.domain.site import ClassifiedSite


def check(site: ClassifiedSite, playbook: Playbook) -> Iterator[Finding]:
    """Report a reference to a fine-tune at its own place."""
    reference = site.bound.reference
    if reference is None or not reference.recognised.id.startswith(playbook.catalogue.fine_tuned):
        return
    yield Finding(
        rule=RULE.code,
        clause=RULE.clause,
        severity=Severity.BLOCKS,
        message=f"a fine-tuned model cannot be carried over to {playbook.target}",
        at=reference.place,
        size=Size(SizeKind.DESIGN, 1),
        follow_up=f"Measure {playbook.target} with a prompt against the fine-tune on its own task.",
        source="https://developers.openai.com/api/docs/deprecations",
    )


RULE = Rule(
    code="R28",
    slug="fine-tuned-model",
    title="Fine-tuned models",
    clause="blocked.5",
    check=check,
)
