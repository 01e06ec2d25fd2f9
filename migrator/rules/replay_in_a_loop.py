"""Report tool loops on Responses that do not hand the state of a turn to the next one.

What it checks
    A Responses call with tools that runs again and again, in a loop of its own or of its caller,
    and sends neither `previous_response_id` nor `conversation`.

Why
    Such a loop passes output items back by hand. gpt-5.5 reasons, and wants its reasoning items
    and each assistant item's `phase` back unchanged; code that was written for a model without
    them may drop them, and adding that is work on the code.

Example
    `while True: client.responses.create(model="gpt-4.1", input=items, tools=TOOLS)`

Source
    https://developers.openai.com/api/docs/guides/reasoning#phase-parameter
"""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.finding import Finding, Severity
from migrator.domain.playbook import Playbook
from migrator.domain.rule import Rule
from migrator.domain.sent import possible
from migrator.domain.site import ClassifiedSite

_SOURCE = "https://developers.openai.com/api/docs/guides/reasoning#phase-parameter"


def check(site: ClassifiedSite, playbook: Playbook) -> Iterator[Finding]:
    """Look for a loop, for tools, and for the settings that keep the state at the vendor."""
    call = site.call
    if call is None or call.surface.id != "responses" or "loop" not in site.traits:
        return
    tools = [possible(call.setting(name)) for name in call.surface.tools]
    kept = any(name in call.arguments for name in call.surface.state)
    if kept or not any(each.sends or each.unread for each in tools):
        return
    yield Finding(
        rule=RULE.code,
        clause=RULE.clause,
        severity=Severity.UNSETTLED,
        message="tools are called in a loop without `previous_response_id`: whether reasoning "
        "items and `phase` are passed back cannot be told",
        at=call.place,
        follow_up=f"Pass every output item back unchanged, or send `previous_response_id`; then "
        f"confirm this call for {playbook.target}.",
        source=_SOURCE,
    )


RULE = Rule(
    code="R22",
    slug="replay-in-a-loop",
    title="Tool loops that pass items back by hand",
    clause="light.15",
    check=check,
    also=("workflow.5.3", "checklist.7", "scope.13"),
)
