"""Report ids that no catalogue knows.

What it checks
    Ids that the playbook lists as never having existed, and ids of a familiar shape that it does
    not list at all. The name of a deployment is R27's.

Why
    Such an id may be a slip, a name of the team's own gateway or deployment, or newer than the
    catalogue. Each wants something else, and the text alone does not tell which.

Example
    `model="gpt-5.2-uk"`

Source
    `models.toml` of the playbook.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.catalogue import Standing
from migrator.domain.finding import Finding, Severity
from migrator.domain.hosting import Host, hosting
from migrator.domain.playbook import Playbook
from migrator.domain.rule import Rule
from migrator.domain.site import ClassifiedSite


def check(site: ClassifiedSite, playbook: Playbook) -> Iterator[Finding]:
    """Report a reference to an id that is not known to exist."""
    del playbook
    reference = site.bound.reference
    if reference is None:
        return
    if any(each.host is Host.DEPLOYMENT for each in hosting(site)):
        return  # a name that somebody gave
    recognised = reference.recognised
    model = recognised.model
    if model is not None and not model.exists:
        message, source = f"no model `{recognised.id}` was ever offered", model.source
    elif recognised.standing is Standing.UNRECOGNISED:
        message, source = f"`{recognised.id}` is not in the catalogue", ""
    else:
        return
    yield Finding(
        rule=RULE.code,
        clause=RULE.clause,
        severity=Severity.UNSETTLED,
        message=message,
        at=reference.place,
        follow_up="Find out which model was meant, and write its id.",
        source=source,
    )


RULE = Rule(
    code="R35",
    slug="nonexistent-model",
    title="Ids that no catalogue knows",
    clause="workflow.5.5",
    check=check,
)
