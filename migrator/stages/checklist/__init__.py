"""Answer the guide's eight questions and make its three assessments «checklist.1 to checklist.8».

Answers rest on what is seen at the site; where nothing can be seen they say unclear.
"""

from __future__ import annotations

from migrator.domain.finding import Finding, Severity, SizeKind
from migrator.domain.plan_site import Assessment, Assessments, ChecklistItem
from migrator.domain.prompt import STEERING, PromptKind
from migrator.domain.site import BoundCall, JudgedSite, SettingState
from migrator.domain.trail import Confidence
from migrator.stages.checklist._answers import (
    MOOT,
    NO,
    UNCLEAR,
    YES,
    from_finding,
    from_link,
    item,
    seen,
    telling,
)
from migrator.stages.checklist._contract import assess_contract, contract
from migrator.stages.checklist._phase import assess_phase, phase

CLAUSES = (
    "workflow.5.1",
    "workflow.5.2",
    "checklist.1",
    "checklist.2",
    "checklist.3",
    "checklist.4",
    "checklist.5",
    "checklist.6",
    "checklist.7",
    "checklist.8",
    "scope.4",
)

_HOST = frozenset(
    {SizeKind.API, SizeKind.SDK, SizeKind.DEPLOYMENT, SizeKind.GATE, SizeKind.TOOLING}
)


def answer_checklist(judged: JudgedSite) -> tuple[ChecklistItem, ...]:
    """Give the eight answers in the order of the guide: yes, no, unclear or not_applicable."""
    return (
        _accepts(judged),
        _identifiable(judged),
        _implementation(judged),
        _prompt_only(judged),
        _close(judged),
        contract(judged.classified.bound),
        phase(judged),
        item(8, UNCLEAR, "nothing was run: latency, tokens and price are not measured here"),
    )


def assess(judged: JudgedSite) -> Assessments:
    """Assess structured output, tools and phase «workflow.7.5 to workflow.7.7»."""
    return Assessments(
        structured_output=assess_contract(judged.classified.bound),
        tools=_tools(judged.classified.call),
        phase=assess_phase(judged),
    )


def _tools(call: BoundCall | None) -> Assessment:
    if call is None:
        return Assessment(answer="cannot tell: no call is seen")
    answers = {
        SettingState.EXPLICIT: "the call offers tools; definitions and handling stay as they are",
        SettingState.UNRESOLVED: "set to something that cannot be read here; it stays as it is",
        SettingState.ABSENT: "no tools in the call",
    }
    state = telling(call, call.surface.offers)[1].state
    answer, added = answers[state], call.given_by_library("tools")
    if state is SettingState.ABSENT and added is not None:
        answer = f"the library adds tools of its own: {added.treatment.message}"
    return Assessment(answer=answer, evidence=seen(call, call.surface.offers))


def _accepts(judged: JudgedSite) -> ChecklistItem:
    if judged.classified.call is None:
        return item(1, UNCLEAR, "no call is seen that this id reaches")
    host = [
        each
        for each in _of(judged, Severity.BLOCKS)
        if each.size is not None and each.size.kind in _HOST
    ]
    if host:
        return from_finding(1, NO, host[0])
    unsettled = _of(judged, Severity.UNSETTLED)
    if unsettled:
        return from_finding(1, UNCLEAR, unsettled[0])
    label = judged.classified.call.surface.label
    return item(1, YES, f"{label}: nothing found that refuses the target")


def _identifiable(judged: JudgedSite) -> ChecklistItem:
    prompts = judged.classified.paired.prompts
    if not prompts:
        return item(2, UNCLEAR, "no prompt was followed to this site")
    for link in prompts:
        unseen = link.kind is PromptKind.RUNTIME and link.speaker in STEERING
        if unseen or link.kind is PromptKind.UNKNOWN or link.confidence is Confidence.WEAK:
            return from_link(2, UNCLEAR, link, link.reason or "the prompt is not certain")
    for link in prompts:
        if link.kind is PromptKind.HOSTED:
            return from_link(2, NO, link, "the prompt is stored outside the repository")
        if link.surface is not None and not link.surface.editable:
            return from_link(2, NO, link, "the prompt is found but cannot be edited in place")
    texts = [link for link in prompts if link.surface is not None]
    if texts:
        return from_link(2, YES, texts[0], f"{len(texts)} of {len(prompts)} parts are literal text")
    return from_link(2, MOOT, prompts[0], "the repository holds no prompt text for this call")


def _implementation(judged: JudgedSite) -> ChecklistItem:
    return _by_severity(judged, 3, blocked=YES, free=NO, evidence="no such dependency found")


def _prompt_only(judged: JudgedSite) -> ChecklistItem:
    evidence = "nothing found that needs more than the id and its prompt"
    return _by_severity(judged, 4, blocked=NO, free=YES, evidence=evidence)


def _by_severity(
    judged: JudgedSite, number: int, *, blocked: str, free: str, evidence: str
) -> ChecklistItem:
    blockers = _of(judged, Severity.BLOCKS)
    if blockers:
        return from_finding(number, blocked, blockers[0])
    unsettled = _of(judged, Severity.UNSETTLED)
    if unsettled:
        return from_finding(number, UNCLEAR, unsettled[0])
    if judged.classified.call is None:
        return item(number, UNCLEAR, "no call is seen that this id reaches")
    return item(number, free, evidence)


def _close(judged: JudgedSite) -> ChecklistItem:
    prompts = judged.classified.paired.prompts
    texts = [link for link in prompts if link.surface is not None]
    if not texts:
        known = prompts and all(link.kind is not PromptKind.UNKNOWN for link in prompts)
        return item(5, MOOT if known else UNCLEAR, "there is no prompt text to change")
    far = [link for link in texts if link.confidence is Confidence.WEAK]
    if far:
        return from_link(5, UNCLEAR, far[0], "the tie between prompt and call is weak")
    hops = max(len(link.via) for link in texts)
    return from_link(5, YES, texts[0], f"followed to its text in at most {hops} hops")


def _of(judged: JudgedSite, severity: Severity) -> list[Finding]:
    return [each for each in judged.findings if each.severity is severity]
