"""Report a call that takes in arguments nobody can see.

What it checks
    Settings that are not written at the call but may arrive with a `**splat` whose content could
    not be followed. All of them make one finding, with the origin named.

Why
    An unseen table may hold any parameter, one that the target rejects included; saying that the
    call is clean would be a guess.

Example
    `client.responses.create(model=MODEL, input=text, **load_options())`

Source
    Upgrade guide, clause workflow.5.5.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.finding import Finding, Severity
from migrator.domain.playbook import Playbook
from migrator.domain.rule import Rule
from migrator.domain.sent import hidden
from migrator.domain.site import ClassifiedSite

_SHOWN = 3


def check(site: ClassifiedSite, playbook: Playbook) -> Iterator[Finding]:
    """Gather the settings that an unseen table may bring into one finding."""
    call = site.call
    if call is None:
        return
    telling = {fact.name for fact in playbook.parameters}
    unseen = [name for name in call.settings if hidden(call, name)]
    names = sorted(unseen, key=lambda name: (name not in telling, name))
    if not names:
        return
    first = call.setting(names[0])
    shown = ", ".join(f"`{name}`" for name in names[:_SHOWN])
    more = " and others" if len(names) > _SHOWN else ""
    origin = f": {first.reason}" if first.reason else ""
    yield Finding(
        rule=RULE.code,
        clause=RULE.clause,
        severity=Severity.UNSETTLED,
        message=f"arguments from elsewhere may bring {shown}{more}{origin}",
        at=first.at or call.place,
        follow_up="Write the arguments at the call, or as a table that can be followed to it.",
    )


RULE = Rule(
    code="R36",
    slug="settings-unresolved",
    title="Arguments that arrive from an unseen table",
    clause="workflow.5.5",
    check=check,
)
