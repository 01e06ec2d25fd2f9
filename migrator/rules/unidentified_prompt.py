"""Report prompts that cannot be tied to their call with confidence.

What it checks
    Prompt parts that could not be followed, that are stored at the vendor, that only callers
    outside the repository bring, or that were tied to the call by a weak sign only. A user's words
    may come from anywhere, and a call may go without a prompt: both are fine.

Why
    Without the words that steer the model nobody can say whether they still fit the target. The
    guide names this under two outcomes; here it makes the site unknown, as the checklist has it.

Example
    `client.responses.create(model="gpt-4.1", prompt={"id": "pmpt_abc"})`

Source
    Upgrade guide, checklist item 2; https://developers.openai.com/api/docs/deprecations
"""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.finding import Finding, Severity
from migrator.domain.playbook import Playbook
from migrator.domain.prompt import STEERING, PromptKind, PromptLink
from migrator.domain.rule import Rule
from migrator.domain.site import ClassifiedSite
from migrator.domain.source import Place
from migrator.domain.trail import Confidence

_DEPRECATIONS = "https://developers.openai.com/api/docs/deprecations"
_HOSTED = "Copy the stored prompt into the repository before stored prompts end on 2026-11-30."
_POINT = "Point to the prompt of this call in the configuration (`prompts`)."


def check(site: ClassifiedSite, playbook: Playbook) -> Iterator[Finding]:
    """Report every part of the prompt that cannot be identified."""
    del playbook
    if site.call is None:
        return
    for link in site.paired.prompts:
        why = _why(link)
        if why:
            yield _finding(link, why)


def _why(link: PromptLink) -> str:
    because = f": {link.reason}" if link.reason else ""
    if link.kind is PromptKind.UNKNOWN:
        return f"a part of the prompt could not be followed{because}"
    if link.kind is PromptKind.RUNTIME and link.speaker in STEERING:
        return f"a part that steers the model is brought from outside the repository{because}"
    if link.kind is PromptKind.HOSTED:
        return f"the prompt is stored at the vendor and its words are not here{because}"
    if link.surface is not None and link.confidence is Confidence.WEAK:
        return f"only a weak sign ties this prompt to the call{because}"
    return ""


def _finding(link: PromptLink, why: str) -> Finding:
    hosted = link.kind is PromptKind.HOSTED
    return Finding(
        rule=RULE.code,
        clause=RULE.clause,
        severity=Severity.UNSETTLED,
        message=why,
        at=Place(link.path, link.line),
        follow_up=_HOSTED if hosted else _POINT,
        source=_DEPRECATIONS if hosted else "",
    )


RULE = Rule(
    code="R34",
    slug="unidentified-prompt",
    title="Prompts that cannot be tied to their call",
    clause="checklist.2",
    check=check,
    also=("workflow.2.2", "blocked.6"),
)
