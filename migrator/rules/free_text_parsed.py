"""Find answers in free text that code takes apart.

What it checks
    Calls without an output format whose text is given to a parser in the same function:
    `json.loads`, a regular expression, a reader of the project's own. A parser that validates what
    it reads, and a function that the model is made to call, are contracts of their own.

Why
    The shape of such an answer rests on words alone, and another model may word it otherwise: a
    fence around the JSON, a sentence before it. The prompt should state the format.

Example
    `json.loads(response.output_text)` with no `text.format` in the call

Source
    Upgrade guide, clauses light.3, workflow.5.2 and checklist.6.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.finding import Finding, Severity
from migrator.domain.forced import forced_tool
from migrator.domain.playbook import Playbook
from migrator.domain.rule import Rule
from migrator.domain.sent import possible
from migrator.domain.site import BoundCall, ClassifiedSite


def check(site: ClassifiedSite, playbook: Playbook) -> Iterator[Finding]:
    """Report the first parser of an answer that nothing else holds in shape."""
    del playbook
    call = site.call
    if call is None or _states_a_format(call) or forced_tool(call):
        return
    if any(each.validates for each in site.bound.parsed):
        return
    for each in site.bound.parsed[:1]:
        yield Finding(
            rule=RULE.code,
            clause=RULE.clause,
            severity=Severity.RISK,
            message=f"`{each.by}` takes the answer apart, and only the prompt's words shape it",
            at=each.at,
            follow_up="State the exact format in the prompt, then run the parser on real answers.",
        )


def _states_a_format(call: BoundCall) -> bool:
    sent = [possible(call.setting(name)) for name in call.surface.output_format]
    return any(each.sends or each.unread for each in sent)


RULE = Rule(
    code="R56",
    slug="free-text-parsed",
    title="Free text that code takes apart",
    clause="light.3",
    check=check,
    also=("workflow.5.2", "checklist.6"),
)
