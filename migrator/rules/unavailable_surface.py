"""Report API surfaces on which the target cannot be called.

What it checks
    Calls of a surface that the playbook marks as unavailable: SDK calls from before 1.0, text
    completions, the Assistants API.

Why
    The string can be changed, but the request cannot succeed: the surface is gone or does not
    serve this model.

Example
    `openai.ChatCompletion.create(model="gpt-4", …)`

Source
    The `unavailable` table of the surface in the playbook; each finding cites its own page.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.finding import Finding, Severity
from migrator.domain.playbook import Playbook
from migrator.domain.rule import Rule
from migrator.domain.site import ClassifiedSite


def check(site: ClassifiedSite, playbook: Playbook) -> Iterator[Finding]:
    """Turn the surface's own statement into a finding at the call."""
    del playbook
    call = site.call
    if call is None or call.surface.unavailable is None:
        return
    why = call.surface.unavailable
    yield Finding(
        rule=why.rule,
        clause=why.clause,
        severity=Severity.BLOCKS,
        message=why.message,
        at=call.place,
        size=why.size,
        follow_up=why.follow_up,
        source=why.source,
    )


RULE = Rule(
    code="R29",
    slug="unavailable-surface",
    title="API surfaces without the target",
    clause="blocked.1",
    check=check,
)
