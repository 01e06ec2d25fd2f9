"""Write one decided site into the plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from migrator.domain.block import RiskEvidence
from migrator.domain.counterfactual import Counterfactual
from migrator.domain.finding import Finding
from migrator.domain.plan_site import (
    Assessments,
    ChecklistItem,
    Effort,
    PlanBlock,
    PlanCounterfactual,
    PlanFinding,
    PlanModel,
    PlanPlace,
    PlanReference,
    PlanRisk,
    PlanSetting,
    PlanSite,
    PromptEdit,
)
from migrator.domain.redaction import BLANK, SECRET_NAMES, redacted
from migrator.domain.rewrite import Choice, Considered
from migrator.domain.site import DecidedSite, Plain, Reference, Setting
from migrator.stages.assemble._prompts import plan_hops, plan_link

CLAUSES = (
    "light.1",
    "light.4",
    "light.8",
    "light.9",
    "light.10",
    "light.11",
    "light.12",
    "light.13",
    "light.14",
    "scope.2",
)


class Notes(Protocol):
    """What is said of a site beside its verdict."""

    @property
    def effort(self) -> Effort: ...
    @property
    def checklist(self) -> tuple[ChecklistItem, ...]: ...
    @property
    def assessments(self) -> Assessments: ...
    @property
    def validation(self) -> tuple[str, ...]: ...
    @property
    def counterfactuals(self) -> tuple[Counterfactual, ...]: ...


class Surroundings(Protocol):
    """What the other sites decide for one."""

    @property
    def moves_with(self) -> Mapping[str, tuple[str, ...]]: ...
    @property
    def choices(self) -> Mapping[str, Choice]: ...


def plan_site(
    site: DecidedSite, notes: Notes, around: Surroundings, edits: tuple[str, ...]
) -> PlanSite:
    """Write a site with its evidence; excerpts are redacted for anything like a secret."""
    bound, classified = site.bound, site.judged.classified
    choice = around.choices.get(bound.id)
    return PlanSite(
        id=bound.id,
        path=bound.place.path,
        line=bound.place.line,
        column=bound.place.column,
        call=bound.call.text if bound.call else None,
        language=bound.language,
        surface=bound.call.surface.id if bound.call else None,
        role=classified.role,
        why_role=classified.why_role,
        model=_model(site),
        references=_references(bound.reference),
        prompts=tuple(plan_link(each) for each in classified.paired.prompts),
        settings=_settings(bound.call.settings if bound.call else {}),
        outcome=site.outcome,
        why=site.why,
        clause=site.clause,
        if_confirmed=site.if_confirmed,
        asks=site.asks,
        hold=site.hold,
        prompt_edit=_prompt_edit(choice, moved=bool(edits)),
        prompt_why=redacted(choice.why) if choice else "",
        blocks=tuple(map(_block, choice.considered)) if choice else (),
        risks=tuple(map(_risk, classified.risks)),
        moves_with=around.moves_with.get(bound.id, ()),
        findings=_findings(site),
        checklist=notes.checklist,
        assessments=notes.assessments,
        effort=notes.effort,
        validation_proposed=notes.validation,
        edits=edits,
        counterfactuals=tuple(map(_counterfactual, notes.counterfactuals)),
    )


def _counterfactual(found: Counterfactual) -> PlanCounterfactual:
    at = PlanPlace(path=found.at.path, line=found.at.line) if found.at else None
    return PlanCounterfactual(fact=redacted(found.fact), at=at, outcome=found.outcome)


def _model(site: DecidedSite) -> PlanModel:
    reference = site.bound.reference
    model = reference.recognised.model if reference else None
    classified = site.judged.classified
    return PlanModel(
        written=redacted(reference.recognised.text) if reference else None,
        resolved=reference.recognised.id if reference else None,
        family=classified.family,
        tier=classified.tier,
        shutdown=model.shutdown if model else None,
        price=model.price if model else None,
    )


def _references(reference: Reference | None) -> tuple[PlanReference, ...]:
    return tuple(
        PlanReference(
            path=each.path,
            line=each.place.line,
            column=each.place.column,
            text=redacted(each.recognised.text),
            prefix=each.recognised.prefix,
            via=plan_hops(each.via),
        )
        for each in (reference.written if reference else ())
    )


def _settings(settings: Mapping[str, Setting]) -> dict[str, PlanSetting]:
    return {
        name: PlanSetting(
            state=each.state,
            value=_shown(name, each.value),
            at=PlanPlace(path=each.at.path, line=each.at.line) if each.at else None,
        )
        for name, each in settings.items()
    }


def _shown(name: str, value: Plain) -> Plain:
    if not isinstance(value, str):
        return value
    return BLANK if SECRET_NAMES.search(name) else redacted(value)


def _findings(site: DecidedSite) -> tuple[PlanFinding, ...]:
    kept = [_finding(each, accepted=False) for each in site.judged.findings]
    return (*kept, *(_finding(each, accepted=True) for each in site.judged.accepted))


def _finding(finding: Finding, *, accepted: bool) -> PlanFinding:
    return PlanFinding(
        rule=finding.rule,
        clause=finding.clause,
        severity=finding.severity,
        message=redacted(finding.message),
        at=PlanPlace(path=finding.at.path, line=finding.at.line),
        size=finding.size,
        follow_up=finding.follow_up,
        source=finding.source,
        accepted=accepted,
    )


def _prompt_edit(choice: Choice | None, *, moved: bool) -> PromptEdit | None:
    """Say what happens to the prompt of a light rewrite; nothing, while its model waits."""
    if choice is None:
        return None
    return choice.state if moved else PromptEdit.HELD


def _block(considered: Considered) -> PlanBlock:
    return PlanBlock(
        block=considered.block,
        fate=considered.fate,
        why=redacted(considered.why),
        points=considered.points,
    )


def _risk(evidence: RiskEvidence) -> PlanRisk:
    return PlanRisk(
        risk=evidence.risk,
        strength=evidence.strength,
        origin=evidence.origin,
        what=redacted(evidence.what),
        at=PlanPlace(path=evidence.at.path, line=evidence.at.line),
    )
