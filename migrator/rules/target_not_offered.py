"""Block calls to the API when the account was told that it has no such model.

What it checks
    The answer to `migrate probe` in the configuration: whether the list of models of this account
    holds the target. Calls that somebody else serves are not concerned.

Why
    A model may not be enabled for an organisation: every call then fails with `model_not_found`.

Example
    `[answers.target-offered]` with `verdict = "refused"` in the configuration

Source
    https://developers.openai.com/api/docs/api-reference/models/list
"""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.answer import OFFERED, Verdict
from migrator.domain.finding import Finding, Severity, Size, SizeKind
from migrator.domain.playbook import Playbook
from migrator.domain.rule import Rule
from migrator.domain.site import BoundCall, ClassifiedSite

_SOURCE = "https://developers.openai.com/api/docs/api-reference/models/list"


def check(site: ClassifiedSite, playbook: Playbook) -> Iterator[Finding]:
    """Report the answer at every call that goes to the API itself."""
    answer = playbook.answers.given.get(OFFERED)
    call, reference = site.call, site.bound.reference
    if call is None or answer is None or answer.verdict is not Verdict.REFUSED:
        return
    if _is_elsewhere(call) or (reference is not None and reference.recognised.provider is not None):
        return
    yield Finding(
        rule=RULE.code,
        clause=RULE.clause,
        severity=Severity.BLOCKS,
        message=f"{answer.host} offers this account no {playbook.target}, asked on {answer.asked}",
        at=site.bound.place,
        size=Size(SizeKind.DEPLOYMENT, 1),
        follow_up=(
            f"Have {playbook.target} enabled for the account, then run `migrate probe` again; "
            "no code changes."
        ),
        source=_SOURCE,
    )


def _is_elsewhere(call: BoundCall) -> bool:
    """Tell whether a client is another host's, or is pointed at one."""
    receiver = call.receiver
    if call.pointed is not None:
        return True
    if receiver is None:
        return False
    return receiver.host != "openai" or any(name in call.client for name in receiver.base_url)


RULE = Rule(
    code="R70",
    slug="target-not-offered",
    title="A target that the account is not offered",
    clause="checklist.1",
    check=check,
)
