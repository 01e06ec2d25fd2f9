"""Pick the outcome of a judged site by the precedence that the project promises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from migrator.domain.catalogue import Standing
from migrator.domain.config import Config, Decide
from migrator.domain.finding import Finding, Severity, SizeKind
from migrator.domain.playbook import Playbook
from migrator.domain.site import (
    ROLE_ASKS,
    Ask,
    DecidedSite,
    Hold,
    JudgedSite,
    Outcome,
    Reference,
)
from migrator.domain.trail import Confidence
from migrator.stages.decide._asks import open_asks, question
from migrator.stages.decide._string_only import why_not_string_only

CLAUSES = (
    "posture.4",
    "posture.5",
    "workflow.4",
    "workflow.4.1",
    "workflow.4.2",
    "workflow.4.3",
    "workflow.5.4",
    "workflow.5.5",
    "string-only.4",
    "blocked.6",
    "blocked.7",
)


@dataclass(frozen=True, slots=True)
class _Verdict:
    outcome: Outcome
    why: str
    clause: str


def decide(judged: JudgedSite, playbook: Playbook, config: Config) -> DecidedSite:
    """Give a judged site its outcome; the first that holds wins.

    In order: already the target or newer, left alone by a person (pragma, configuration,
    `--from`), confirmation needed «posture.3», blocked, unknown, string only, light rewrite.
    """
    settled = _already_there(judged, playbook)
    if settled:
        return _site(judged, settled, Hold.REPORTS)
    alone = _left_alone(judged, config)
    if alone:
        return _site(judged, alone, _holding(judged))
    below = _on_merit(judged, playbook)
    asks = tuple(ask for ask in open_asks(judged.classified, config) if not _moot(ask, judged))
    asking = _asking(judged)
    if not asks and not asking:
        return _site(judged, below, _hold(judged, below.outcome))
    why = question(asks, judged) if asks else asking[0].message
    verdict = _Verdict(Outcome.CONFIRMATION_NEEDED, why, "posture.3")
    by_role = bool(asks) and not asking and ROLE_ASKS.issuperset(asks)
    hold = Hold.FOLLOWS if by_role and _reference(judged) else _holding(judged)
    return _site(judged, verdict, hold, below.outcome, asks)


def _reference(judged: JudgedSite) -> Reference | None:
    """Give the reference of a judged site, where there is one."""
    return judged.classified.bound.reference


def _site(
    judged: JudgedSite,
    verdict: _Verdict,
    hold: Hold,
    below: Outcome | None = None,
    asks: tuple[Ask, ...] = (),
) -> DecidedSite:
    return DecidedSite(
        judged=judged,
        outcome=verdict.outcome,
        why=verdict.why,
        clause=verdict.clause,
        hold=hold,
        if_confirmed=below,
        asks=asks,
    )


def _already_there(judged: JudgedSite, playbook: Playbook) -> _Verdict | None:
    reference = _reference(judged)
    if reference is None:
        return None
    model, target = reference.recognised.id, playbook.target
    match reference.recognised.standing:
        case Standing.TARGET:
            return _Verdict(Outcome.NO_CHANGE, f"`{model}` is {target} already", "posture.1")
        case Standing.NEWER:
            why = f"`{model}` is newer than {target}; nothing is ever downgraded"
            return _Verdict(Outcome.NO_CHANGE, why, "posture.1")
        case Standing.OUT_OF_SCOPE:
            why = f"`{model}` is no text model of OpenAI's"
            return _Verdict(Outcome.NO_CHANGE, why, "workflow.3.1")
        case Standing.SOURCE | Standing.UNRECOGNISED:
            return None
        case other:
            assert_never(other)


def _left_alone(judged: JudgedSite, config: Config) -> _Verdict | None:
    decision = judged.classified.decision
    if decision is not None and decision.decide in {Decide.IGNORE, Decide.PIN}:
        done = "ignored" if decision.decide is Decide.IGNORE else "pinned"
        reason = decision.reason or "no reason given"
        return _Verdict(Outcome.NO_CHANGE, f"{done} by `{decision.on}`: {reason}", "posture.3")
    reference = _reference(judged)
    if reference is None or not config.sources:
        return None
    recognised = reference.recognised
    names = {recognised.id, recognised.text, judged.classified.family}
    if {each.casefold() for each in config.sources} & {each.casefold() for each in names}:
        return None
    why = f"`{recognised.id}` is not among the sources asked for (--from)"
    return _Verdict(Outcome.NO_CHANGE, why, "posture.3")


def _asking(judged: JudgedSite) -> tuple[Finding, ...]:
    decision = judged.classified.decision
    if decision is not None and decision.decide is Decide.CONFIRM:
        return ()
    return tuple(each for each in judged.findings if each.severity is Severity.ASKS)


def _moot(ask: Ask, judged: JudgedSite) -> bool:
    """Whether a question has its answer: what a tool's own configuration sets, that tool runs."""
    tools = any(each.size and each.size.kind is SizeKind.TOOLING for each in judged.findings)
    return ask is Ask.UNBOUND and tools


def _on_merit(judged: JudgedSite, playbook: Playbook) -> _Verdict:
    for severity, outcome in (
        (Severity.BLOCKS, Outcome.BLOCKED),
        (Severity.UNSETTLED, Outcome.UNKNOWN),
    ):
        found = [each for each in judged.findings if each.severity is severity]
        if found:
            more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
            why = f"{found[0].rule}: {found[0].message}{more}"
            return _Verdict(outcome, why, found[0].clause)
    if judged.classified.call is None and not _confirmed(judged):
        why = "no call in view runs it, so there is nothing to judge it by"
        return _Verdict(Outcome.UNKNOWN, why, "workflow.5.5")
    reason = why_not_string_only(judged, playbook)
    if reason:
        return _Verdict(Outcome.LIGHT_REWRITE, reason.why, reason.clause)
    why = "its prompt is short, explicit and bounded, and nothing strict hangs on it"
    return _Verdict(Outcome.STRING_ONLY, why, "string-only.2")


def _hold(judged: JudgedSite, outcome: Outcome) -> Hold:
    reference = _reference(judged)
    if reference is None or outcome in {Outcome.BLOCKED, Outcome.UNKNOWN}:
        return _holding(judged)
    # An id spread over several tokens is beyond any edit, whatever a person confirms.
    if reference.at is None or (_unsure(judged, reference) and not _confirmed(judged)):
        return Hold.HOLDS
    return Hold.MOVES


def _holding(judged: JudgedSite) -> Hold:
    return Hold.REPORTS if _reference(judged) is None else Hold.HOLDS


def _unsure(judged: JudgedSite, reference: Reference) -> bool:
    call = judged.classified.call
    loose_call = call is not None and call.confidence is not Confidence.CERTAIN
    return loose_call or reference.confidence is not Confidence.CERTAIN


def _confirmed(judged: JudgedSite) -> bool:
    decision = judged.classified.decision
    return decision is not None and decision.decide is Decide.CONFIRM
