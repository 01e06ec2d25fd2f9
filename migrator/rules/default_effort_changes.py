"""Warn where silence about the reasoning effort changes its meaning.

What it checks
    Calls that send no effort, with a source model that does not reason or reasons only on request.
    Ids that were never offered, and models that no other takes the place of, say nothing.

Why
    The target reasons at medium when nothing is said, so the same call takes longer, bills
    reasoning tokens as output and shares its output cap with them. The guide asks to add no
    setting where none is visible, so this is told and not mended.

Example
    `client.responses.create(model="gpt-5.1", input=text)`

Source
    https://developers.openai.com/api/docs/guides/latest-model
"""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.catalogue import Model
from migrator.domain.finding import Finding, Severity
from migrator.domain.playbook import Playbook
from migrator.domain.rule import Rule
from migrator.domain.sent import effort
from migrator.domain.site import ClassifiedSite


def check(site: ClassifiedSite, playbook: Playbook) -> Iterator[Finding]:
    """Report an absent effort whose default differs between source and target."""
    call, reference = site.call, site.bound.reference
    if call is None or reference is None or call.surface.unavailable is not None:
        return
    model = reference.recognised.model
    known = model is not None and model.exists and model.blocked is None
    was = _before(model) if known else ""
    after = playbook.catalogue.models.get(playbook.target)
    becomes = (after and after.effort_default) or "medium"
    sent = effort(call)
    said = sent.sends or sent.unread or call.given_by_library("reasoning.effort") is not None
    if not was or said:
        return
    yield Finding(
        rule=RULE.code,
        clause=RULE.clause,
        severity=Severity.WARNS,
        message=f"no effort is sent: {was}, {playbook.target} then reasons at {becomes}",
        at=call.place,
        source="https://developers.openai.com/api/docs/guides/latest-model",
    )


def _before(model: Model | None) -> str:
    if model is None:
        return ""
    if not model.efforts and not model.fixed_effort:
        return f"{model.id} does not reason"
    return f"{model.id} then does not reason" if model.effort_default == "none" else ""


RULE = Rule(
    code="R07",
    slug="default-effort-changes",
    title="Silence about the effort changes its meaning",
    clause="output-rule.3",
    check=check,
)
