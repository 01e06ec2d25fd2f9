"""Tell whether the state of a turn reaches the next one «checklist.7, workflow.7.7»."""

from __future__ import annotations

from migrator.domain.finding import Severity
from migrator.domain.plan_site import Assessment, ChecklistItem
from migrator.domain.replay import Replayed
from migrator.domain.site import BoundCall, JudgedSite, SettingState
from migrator.stages.checklist._answers import (
    MOOT,
    NO,
    UNCLEAR,
    YES,
    from_finding,
    item,
    seen,
    telling,
)

_RULES = frozenset({"R20", "R22"})
_CLAUSES = frozenset({"checklist.7", "light.15", "workflow.5.3"})
_ANSWERS = {
    YES: "preserved",
    NO: "missing; adding it needs code",
    MOOT: "not needed",
    UNCLEAR: "cannot be told from the repository",
}


def phase(judged: JudgedSite) -> ChecklistItem:
    """Answer question 7: preserved, missing, not needed (not applicable), or unclear."""
    call = judged.classified.call
    dropped = sorted(
        (each for each in judged.findings if each.rule in _RULES or each.clause in _CLAUSES),
        key=lambda each: each.severity is not Severity.BLOCKS,
    )
    if dropped:
        answer = NO if dropped[0].severity is Severity.BLOCKS else UNCLEAR
        return from_finding(7, answer, dropped[0])
    if call is None:
        return item(7, UNCLEAR, "no call is seen that this id reaches")
    if not call.surface.state:
        return item(7, MOOT, _stateless(call))
    name, state = telling(call, call.surface.state)
    if state.state is SettingState.EXPLICIT or name in call.arguments:
        return item(7, YES, f"{name} keeps the state at the API", state.at)
    replay = judged.classified.bound.replay
    if replay is not None and replay.what is Replayed.WHOLE:
        return item(7, YES, "every output item is passed back unchanged", replay.at)
    if replay is not None and replay.what in {Replayed.FILTERED, Replayed.REBUILT}:
        return item(7, MOOT, "one answer's text is passed back, and there are no tools", replay.at)
    if _is_long_running(judged, call) or state.state is SettingState.UNRESOLVED:
        return item(7, UNCLEAR, "whether assistant items are replayed cannot be told here")
    return item(7, MOOT, "one request without tools, loop or replayed state is seen")


def assess_phase(judged: JudgedSite) -> Assessment:
    """Assess the phase, with the evidence and its place."""
    call = judged.classified.call
    if call is None:
        return Assessment(answer="cannot tell: no call is seen")
    answer = phase(judged)
    where = f" at {answer.at.path}:{answer.at.line}" if answer.at else ""
    return Assessment(
        answer=_ANSWERS[answer.answer],
        evidence=(f"{answer.evidence}{where}", *seen(call, call.surface.state)),
    )


def _stateless(call: BoundCall) -> str:
    if call.surface.sends:
        return f"{call.surface.label} passes items back by itself; no code here does"
    return f"{call.surface.label} carries no phase"


def _is_long_running(judged: JudgedSite, call: BoundCall) -> bool:
    tools = telling(call, call.surface.tools)[1].state is not SettingState.ABSENT
    return tools or call.invocation.loops > 0 or "loop" in judged.classified.traits
