"""Report output caps that reasoning may use up.

What it checks
    The output cap of calls whose source model does not reason by default and whose effort is not
    literally `none`: below the playbook's threshold, or unread, it leaves the site unsettled; up
    to twice the threshold it is a warning.

Why
    The target reasons before it answers and counts those tokens against the cap. A small cap can
    be spent before the first visible word: the answer is empty or cut.

Example
    `client.responses.create(model="gpt-4.1", input=text, max_output_tokens=300)`

Source
    https://developers.openai.com/api/docs/guides/reasoning
"""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.finding import Finding, Severity
from migrator.domain.playbook import Playbook
from migrator.domain.rule import Rule
from migrator.domain.sent import effort, hidden, possible
from migrator.domain.site import BoundCall, ClassifiedSite

_SOURCE = "https://developers.openai.com/api/docs/guides/reasoning"


def check(site: ClassifiedSite, playbook: Playbook) -> Iterator[Finding]:
    """Compare each output cap of a call with the threshold."""
    call, reference = site.call, site.bound.reference
    if call is None or reference is None:
        return
    model = reference.recognised.model
    if (model is not None and model.reasons) or effort(call).always(("none",)):
        return
    for name in call.surface.output_cap:
        if not hidden(call, name):
            yield from _judge(call, name, playbook)


def _judge(call: BoundCall, name: str, playbook: Playbook) -> Iterator[Finding]:
    sent = possible(call.setting(name))
    caps = [each for each in sent.literals if isinstance(each, int | float)]
    small = playbook.thresholds.small_output_cap
    if caps and min(caps) < small:
        yield _finding(call, name, f"`{name}={min(caps)}` may be spent on reasoning alone")
    elif sent.unread or sent.shapes:
        yield _finding(call, name, f"`{name}` cannot be read and may be spent on reasoning alone")
    elif caps and min(caps) < 2 * small:
        tight = f"`{name}={min(caps)}` now has to cover reasoning as well"
        yield _finding(call, name, tight, Severity.WARNS)


def _finding(
    call: BoundCall, name: str, message: str, severity: Severity = Severity.UNSETTLED
) -> Finding:
    setting = call.setting(name)
    origin = f" ({setting.reason})" if setting.reason else ""
    return Finding(
        rule=RULE.code,
        clause="workflow.5.5" if severity is Severity.UNSETTLED else RULE.clause,
        severity=severity,
        message=message + origin,
        at=setting.at or call.place,
        follow_up="Run this call's longest real input against the target and raise the cap to fit.",
        source=_SOURCE,
    )


RULE = Rule(
    code="R19",
    slug="small-output-cap",
    title="Output caps that reasoning may use up",
    clause="checklist.8",
    check=check,
)
