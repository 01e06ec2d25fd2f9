"""Settle what was contested with the answers that the project's own account got."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from migrator.domain.answer import Answer, Answers, Verdict
from migrator.domain.catalogue import Catalogue
from migrator.domain.finding import Finding, Severity, Size, SizeKind
from migrator.domain.playbook import Playbook
from migrator.domain.site import JudgedSite


def settle(judged: JudgedSite, playbook: Playbook) -> JudgedSite:
    """Turn each finding that waits for an answered question into a note or a blocker."""
    remedies = {each.id: each.remedy for each in playbook.questions}
    given = playbook.answers.given
    findings = tuple(
        _answered(each, given[each.question], remedies.get(each.question, each.follow_up))
        if each.question in given and each.severity is Severity.UNSETTLED
        else each
        for each in judged.findings
    )
    return replace(judged, findings=findings)


def with_shutdowns(catalogue: Catalogue, answers: Answers) -> Catalogue:
    """Give the catalogue with the shutdown dates that the API told the account."""
    told = {
        name: replace(catalogue.models[name], shutdown=date)
        for name, date in answers.shutdowns.items()
        if name in catalogue.models
    }
    return replace(catalogue, models={**catalogue.models, **told}) if told else catalogue


def _answered(finding: Finding, answer: Answer, remedy: str) -> Finding:
    asked = f"by {answer.host}, asked on {answer.asked}"
    match answer.verdict:
        case Verdict.ACCEPTED:
            message = f"accepted {asked}, which settles it: {finding.message}"
            return replace(finding, severity=Severity.NOTES, message=message, follow_up="")
        case Verdict.REFUSED:
            return replace(
                finding,
                severity=Severity.BLOCKS,
                clause="blocked.2",
                message=f"refused {asked}" + (f": {answer.told}" if answer.told else ""),
                size=Size(SizeKind.PARAMETER, 1),
                follow_up=remedy,
            )
        case Verdict.UNCLEAR:
            return finding
        case other:
            assert_never(other)
