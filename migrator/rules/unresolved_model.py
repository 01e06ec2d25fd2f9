"""Report calls whose model id is out of the repository's reach.

What it checks
    Sites without a reference: the model comes from an environment variable without a default, a
    database, a request, or a construct that could not be followed.

Why
    What cannot be read cannot be judged, let alone changed; the reader needs to know where to look.

Example
    `client.responses.create(model=os.environ["MODEL"], input=text)`

Source
    Upgrade guide, clause workflow.5.5.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.finding import Finding, Severity
from migrator.domain.playbook import Playbook
from migrator.domain.rule import Rule
from migrator.domain.site import ClassifiedSite
from migrator.domain.trail import Hop


def check(site: ClassifiedSite, playbook: Playbook) -> Iterator[Finding]:
    """Name where the trail of a model id ended."""
    del playbook
    bound = site.bound
    if bound.reference is not None:
        return
    reason = bound.unresolved or "its value could not be followed"
    yield Finding(
        rule=RULE.code,
        clause=RULE.clause,
        severity=Severity.UNSETTLED,
        message=f"the model id cannot be read: {reason}{_last(bound.last_hop)}",
        at=bound.last_hop.at if bound.last_hop else bound.place,
        follow_up="Look up the id at its origin, change it there, and judge this call by hand.",
    )


def _last(hop: Hop | None) -> str:
    if hop is None:
        return ""
    named = f" `{hop.detail}`" if hop.detail else ""
    return f"; followed as far as the {hop.kind}{named} at {hop.at.path}:{hop.at.line}"


RULE = Rule(
    code="R33",
    slug="model-unresolved",
    title="Model ids out of reach",
    clause="workflow.5.5",
    check=check,
)
