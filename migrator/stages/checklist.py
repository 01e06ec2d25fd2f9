"""Answer the guide's eight questions and make its three assessments «checklist.1 to checklist.8».

Answers rest on what is seen at the site; where nothing can be seen they say unclear.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from migrator.domain.finding import Finding, Severity, SizeKind
from migrator.domain.plan_site import Assessment, Assessments, ChecklistItem, PlanPlace
from migrator.domain.prompt import STEERING, PromptKind, PromptLink
from migrator.domain.site import ABSENT, BoundCall, JudgedSite, Setting, SettingState
from migrator.domain.source import Place
from migrator.domain.trail import Confidence

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

YES, NO, UNCLEAR, MOOT = "yes", "no", "unclear", "not_applicable"
_HOST = frozenset(
    {SizeKind.API, SizeKind.SDK, SizeKind.DEPLOYMENT, SizeKind.GATE, SizeKind.TOOLING}
)
_PHASE_CLAUSES = frozenset({"checklist.7", "light.15", "workflow.5.3"})


def answer_checklist(judged: JudgedSite) -> tuple[ChecklistItem, ...]:
    """Give the eight answers in the order of the guide: yes, no, unclear or not_applicable."""
    return (
        _accepts(judged),
        _identifiable(judged),
        _implementation(judged),
        _prompt_only(judged),
        _close(judged),
        _contract(judged.classified.call),
        _phase(judged),
        ChecklistItem(
            item=8,
            answer=UNCLEAR,
            at=None,
            evidence="nothing was run: latency, tokens and price are not measured here",
        ),
    )


def assess(judged: JudgedSite) -> Assessments:
    """Assess structured output, tools and phase «workflow.7.5 to workflow.7.7»."""
    call = judged.classified.call
    if call is None:
        unseen = Assessment(answer="cannot tell: no call is seen")
        return Assessments(structured_output=unseen, tools=unseen, phase=unseen)
    return Assessments(
        structured_output=_assessed(
            call,
            call.surface.output_format,
            "the call states an output format; it stays as it is",
            "no output format in the call; whether its text is parsed later cannot be told",
        ),
        tools=_assessed(
            call,
            call.surface.tools,
            "the call offers tools; their definitions and handling stay as they are",
            "no tools in the call",
        ),
        phase=_phase_assessment(judged, call),
    )


def _accepts(judged: JudgedSite) -> ChecklistItem:
    if judged.classified.call is None:
        return _item(1, UNCLEAR, "no call is seen that this id reaches")
    host = [
        each
        for each in _of(judged, Severity.BLOCKS)
        if each.size is not None and each.size.kind in _HOST
    ]
    if host:
        return _from_finding(1, NO, host[0])
    unsettled = _of(judged, Severity.UNSETTLED)
    if unsettled:
        return _from_finding(1, UNCLEAR, unsettled[0])
    label = judged.classified.call.surface.label
    return _item(1, YES, f"{label}: nothing found that refuses the target")


def _identifiable(judged: JudgedSite) -> ChecklistItem:
    prompts = judged.classified.paired.prompts
    if not prompts:
        return _item(2, UNCLEAR, "no prompt was followed to this site")
    for link in prompts:
        unseen = link.kind is PromptKind.RUNTIME and link.speaker in STEERING
        if unseen or link.kind is PromptKind.UNKNOWN or link.confidence is Confidence.WEAK:
            return _from_link(2, UNCLEAR, link, link.reason or "the prompt is not certain")
    for link in prompts:
        if link.kind is PromptKind.HOSTED:
            return _from_link(2, NO, link, "the prompt is stored outside the repository")
        if link.surface is not None and not link.surface.editable:
            return _from_link(2, NO, link, "the prompt is found but cannot be edited in place")
    texts = [link for link in prompts if link.surface is not None]
    if texts:
        return _from_link(
            2, YES, texts[0], f"{len(texts)} of {len(prompts)} parts are literal text"
        )
    return _from_link(2, MOOT, prompts[0], "the repository holds no prompt text for this call")


def _implementation(judged: JudgedSite) -> ChecklistItem:
    return _by_severity(judged, 3, blocked=YES, free=NO, evidence="no such dependency found")


def _prompt_only(judged: JudgedSite) -> ChecklistItem:
    evidence = "nothing found that needs more than the id and its prompt"
    return _by_severity(judged, 4, blocked=NO, free=YES, evidence=evidence)


def _by_severity(
    judged: JudgedSite, item: int, *, blocked: str, free: str, evidence: str
) -> ChecklistItem:
    blockers = _of(judged, Severity.BLOCKS)
    if blockers:
        return _from_finding(item, blocked, blockers[0])
    unsettled = _of(judged, Severity.UNSETTLED)
    if unsettled:
        return _from_finding(item, UNCLEAR, unsettled[0])
    if judged.classified.call is None:
        return _item(item, UNCLEAR, "no call is seen that this id reaches")
    return _item(item, free, evidence)


def _close(judged: JudgedSite) -> ChecklistItem:
    prompts = judged.classified.paired.prompts
    texts = [link for link in prompts if link.surface is not None]
    if not texts:
        known = prompts and all(link.kind is not PromptKind.UNKNOWN for link in prompts)
        return _item(5, MOOT if known else UNCLEAR, "there is no prompt text to change")
    far = [link for link in texts if link.confidence is Confidence.WEAK]
    if far:
        return _from_link(5, UNCLEAR, far[0], "the tie between prompt and call is weak")
    hops = max(len(link.via) for link in texts)
    return _from_link(5, YES, texts[0], f"followed to its text in at most {hops} hops")


def _contract(call: BoundCall | None) -> ChecklistItem:
    if call is None:
        return _item(6, UNCLEAR, "no call is seen that this id reaches")
    name, setting = _first(call, call.surface.output_format)
    match setting.state:
        case SettingState.EXPLICIT:
            return _item(6, YES, f"{name} states the format", _plan_place(setting.at))
        case SettingState.UNRESOLVED:
            return _item(6, UNCLEAR, f"{name} cannot be read here", _plan_place(setting.at))
        case SettingState.ABSENT:
            return _item(6, UNCLEAR, "no output format is set; later parsers cannot be seen here")
        case _:
            assert_never(setting.state)


def _phase(judged: JudgedSite) -> ChecklistItem:
    call = judged.classified.call
    dropped = [each for each in judged.findings if each.clause in _PHASE_CLAUSES]
    if dropped:
        answer = NO if dropped[0].severity is Severity.BLOCKS else UNCLEAR
        return _from_finding(7, answer, dropped[0])
    if call is None:
        return _item(7, UNCLEAR, "no call is seen that this id reaches")
    if not call.surface.state:
        return _item(7, MOOT, f"{call.surface.label} carries no phase")
    name, state = _first(call, call.surface.state)
    if state.state is SettingState.EXPLICIT:
        return _item(7, YES, f"{name} keeps the state at the API", _plan_place(state.at))
    if _is_long_running(judged, call) or state.state is SettingState.UNRESOLVED:
        return _item(7, UNCLEAR, "whether assistant items are replayed cannot be told here")
    return _item(7, MOOT, "one request without tools, loop or replayed state is seen")


def _phase_assessment(judged: JudgedSite, call: BoundCall) -> Assessment:
    item = _phase(judged)
    match item.answer:
        case "yes":
            answer = "kept by the API"
        case "no":
            answer = "not kept; adding it needs code"
        case "not_applicable":
            answer = "not applicable"
        case _:
            answer = "cannot be told from the repository"
    return Assessment(answer=answer, evidence=(item.evidence, *_seen(call, call.surface.state)))


def _is_long_running(judged: JudgedSite, call: BoundCall) -> bool:
    tools = _first(call, call.surface.tools)[1].state is not SettingState.ABSENT
    return tools or call.invocation.loops > 0 or "loop" in judged.classified.traits


def _assessed(call: BoundCall, names: Iterable[str], seen: str, absent: str) -> Assessment:
    answers = {
        SettingState.EXPLICIT: seen,
        SettingState.UNRESOLVED: "set to something that cannot be read here; it stays as it is",
        SettingState.ABSENT: absent,
    }
    return Assessment(answer=answers[_first(call, names)[1].state], evidence=_seen(call, names))


def _first(call: BoundCall, names: Iterable[str]) -> tuple[str, Setting]:
    """Give the setting that says most: an explicit one, else an unresolved one, else none."""
    named = [(name, call.setting(name)) for name in names]
    for wanted in (SettingState.EXPLICIT, SettingState.UNRESOLVED):
        for name, setting in named:
            # An explicit None says the same as leaving the setting out.
            spoken = wanted is SettingState.UNRESOLVED or setting.value is not None
            if setting.state is wanted and spoken:
                return name, setting
    return "", ABSENT


def _seen(call: BoundCall, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(_shown(name, call.setting(name)) for name in names if name in call.settings)


def _shown(name: str, setting: Setting) -> str:
    where = f" at {setting.at.path}:{setting.at.line}" if setting.at else ""
    match setting.state:
        case SettingState.EXPLICIT:
            return f"{name}={setting.value}{where}"
        case SettingState.UNRESOLVED:
            return f"{name}: not readable{where}"
        case SettingState.ABSENT:
            return f"{name}: not set"
        case _:
            assert_never(setting.state)


def _of(judged: JudgedSite, severity: Severity) -> list[Finding]:
    return [each for each in judged.findings if each.severity is severity]


def _from_finding(item: int, answer: str, finding: Finding) -> ChecklistItem:
    return _item(item, answer, f"{finding.message} ({finding.rule})", _plan_place(finding.at))


def _from_link(item: int, answer: str, link: PromptLink, evidence: str) -> ChecklistItem:
    return _item(item, answer, evidence, PlanPlace(path=link.path, line=link.line))


def _plan_place(place: Place | None) -> PlanPlace | None:
    return None if place is None else PlanPlace(path=place.path, line=place.line)


def _item(item: int, answer: str, evidence: str, at: PlanPlace | None = None) -> ChecklistItem:
    return ChecklistItem(item=item, answer=answer, at=at, evidence=evidence)
