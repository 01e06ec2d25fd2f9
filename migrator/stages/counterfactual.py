"""Find the single facts that a verdict turns on: take each away alone and decide again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TypeAlias

from migrator.domain.config import Decide
from migrator.domain.counterfactual import Counterfactual
from migrator.domain.finding import Finding, Severity
from migrator.domain.site import Ask, DecidedSite, JudgedSite, Outcome

# Decides a site once more, with these questions answered as well.
Again: TypeAlias = Callable[[JudgedSite, Iterable[Ask]], DecidedSite]

_TURNING = frozenset({Severity.BLOCKS, Severity.UNSETTLED, Severity.ASKS, Severity.RISK})
_ALONE = frozenset({Decide.PIN, Decide.IGNORE})


def counterfactuals(site: DecidedSite, again: Again) -> tuple[Counterfactual, ...]:
    """Give each fact that would change the outcome if it alone were otherwise; often there is none.

    A fact is a root cause (all findings of one rule with one remedy at one root), a question that
    a person could answer, or what a person decided of the site.
    """
    found = (*_decision(site, again), *_questions(site, again), *_findings(site, again))
    return tuple(each for each in found if each.outcome is not site.outcome)


def _decision(site: DecidedSite, again: Again) -> Iterator[Counterfactual]:
    decision = site.judged.classified.decision
    if decision is None or decision.decide not in _ALONE:
        return
    free = replace(site.judged, classified=replace(site.judged.classified, decision=None))
    yield Counterfactual(
        fact=f"the decision to {decision.decide} it (`{decision.on}`)",
        at=None,
        outcome=again(free, ()).outcome,
    )


def _questions(site: DecidedSite, again: Again) -> Iterator[Counterfactual]:
    for ask in site.asks:
        yield Counterfactual(
            fact=f"the open question `{ask}`, which --confirm {ask} answers",
            at=None,
            outcome=again(site.judged, (ask,)).outcome,
        )


def _findings(site: DecidedSite, again: Again) -> Iterator[Counterfactual]:
    if site.outcome is Outcome.NO_CHANGE:
        return
    causes: dict[tuple[str, str, object], list[Finding]] = {}
    for each in site.judged.findings:
        if each.severity in _TURNING:
            causes.setdefault((each.rule, each.follow_up, each.cause), []).append(each)
    for findings in causes.values():
        first = findings[0]
        yield Counterfactual(
            fact=f"{first.rule}: {first.message}",
            at=first.cause,
            outcome=again(site.judged.without(findings), ()).outcome,
        )
