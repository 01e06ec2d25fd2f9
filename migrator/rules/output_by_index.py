"""Find code that takes an output item whatever its type is.

What it checks
    `response.output[0]`, or the `content` of each item in turn, on the result of a call whose
    source model gives no reasoning item, while the target reasons unless the call literally tells
    it not to.

Why
    A model that reasons puts a reasoning item, or a commentary message, before the answer: what
    stood first stands elsewhere, and the access fails or reads the wrong item.

Example
    `text = response.output[0].content[0].text`

Source
    Upgrade guide, clause workflow.5.2, and
    https://developers.openai.com/api/docs/guides/text
"""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.finding import Finding, Severity, Size, SizeKind
from migrator.domain.playbook import Playbook
from migrator.domain.rule import Rule
from migrator.domain.sent import effort
from migrator.domain.site import ClassifiedSite


def check(site: ClassifiedSite, playbook: Playbook) -> Iterator[Finding]:
    """Report each such access; unsettled where the source may reason as well."""
    call, reference = site.call, site.bound.reference
    if call is None or reference is None or effort(call).always(("none",)):
        return
    if call.surface.api != "responses":
        return  # the answer of a library that may ask either API
    model = reference.recognised.model
    silent = (
        model is not None
        and not model.fixed_effort
        and (not model.efforts or model.effort_default == "none")
    )
    sent = effort(call)
    if not silent or sent.sends:
        return
    for at in site.bound.indexed:
        yield Finding(
            rule=RULE.code,
            clause=RULE.clause,
            severity=Severity.BLOCKS,
            message=(
                f"an output item is taken whatever its type; {playbook.target} puts reasoning first"
            ),
            at=at,
            size=Size(SizeKind.PARAMETER, 1),
            follow_up="Read `output_text`, or pick the item by its type.",
            source="https://developers.openai.com/api/docs/guides/text",
        )


RULE = Rule(
    code="R21",
    slug="output-by-index",
    title="Output items taken whatever their type",
    clause="workflow.5.2",
    check=check,
)
