"""Define how one site stands in the plan, with all the evidence for its verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from migrator.domain.block import Origin, Risk, Strength
from migrator.domain.config import Role
from migrator.domain.finding import Severity, Size
from migrator.domain.mention import Bucket
from migrator.domain.prompt import PromptKind, Speaker
from migrator.domain.site import Ask, Hold, Outcome, Plain, SettingState
from migrator.domain.trail import Confidence, HopKind


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPlace:
    """A line of a file."""

    path: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMention:
    """A textual occurrence of a model id, in exactly one bucket.

    `name` is the name, key or parameter that it is the value of, empty where none is near.
    """

    path: str
    line: int
    column: int
    text: str
    bucket: Bucket
    why: str
    sites: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPrompt:
    """A prompt surface of the repository."""

    id: str
    path: str
    line: int
    end_line: int
    kind: PromptKind
    speaker: Speaker
    editable: bool
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanHop:
    """One step of a path that was followed."""

    path: str
    line: int
    what: HopKind
    confidence: Confidence
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanModel:
    """The model of a site: as written, as resolved, and what the catalogue says of it."""

    written: str | None
    resolved: str | None
    family: str | None
    tier: str | None
    shutdown: str | None
    price: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReference:
    """Where the id of a site is written; `prefix` is what stands before the bare id."""

    path: str
    line: int
    column: int
    text: str
    prefix: str
    via: tuple[PlanHop, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPromptLink:
    """A part of a site's prompt; `prompt` is None when there is no literal text to point at."""

    prompt: str | None
    path: str
    line: int
    end_line: int
    kind: PromptKind
    speaker: Speaker
    confidence: Confidence
    part: int
    alternative: int
    via: tuple[PlanHop, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSetting:
    """A setting of a call, as visible there."""

    state: SettingState
    value: Plain
    at: PlanPlace | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFinding:
    """What one rule says of one site."""

    rule: str
    clause: str
    severity: Severity
    message: str
    at: PlanPlace
    size: Size | None
    follow_up: str
    source: str
    accepted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistItem:
    """One of the guide's eight questions: yes, no, unclear or not_applicable, with evidence."""

    item: int
    answer: str
    at: PlanPlace | None
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """An answer with the evidence it rests on."""

    answer: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessments:
    """The guide's three assessments of a site."""

    structured_output: Assessment
    tools: Assessment
    phase: Assessment


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCounterfactual:
    """One fact that the outcome turns on: without it alone, the outcome would be this one."""

    fact: str
    at: PlanPlace | None
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """The reasoning effort seen now, and the starting recommendation «output-rule».

    `becomes` is the effort that the target runs at where silence now means something else.
    """

    current: str
    recommendation: str
    becomes: str = ""


class PromptEdit(StrEnum):
    """What happens to a site's prompt."""

    EDITED = "edited"
    NONE_OBSERVED = "none_observed"
    ALREADY_COVERED = "already_covered"
    HELD = "held"
    NO_BLOCK = "no_block"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRisk:
    """One thing seen that speaks for a workflow risk; weak evidence moved nothing."""

    risk: Risk
    strength: Strength
    origin: Origin
    what: str
    at: PlanPlace


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanBlock:
    """A prompt block that answers an observed risk: what became of it, why, and its points."""

    block: str
    fate: str
    why: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSite:
    """One reference (or none) reaching one call (or none), with its verdict.

    `call` is the callee as written, None for an unbound reference. `asks` are the reasons why a
    confirmation is needed. `why` says in one line what decided the outcome, `prompt_why` what
    became of the prompt; `blocks` are those that answer a risk seen, each with its fate.
    """

    id: str
    path: str
    line: int
    column: int
    call: str | None
    language: str
    surface: str | None
    role: Role
    why_role: str
    model: PlanModel
    references: tuple[PlanReference, ...]
    prompts: tuple[PlanPromptLink, ...]
    settings: Mapping[str, PlanSetting]
    outcome: Outcome
    why: str
    clause: str
    if_confirmed: Outcome | None
    asks: tuple[Ask, ...]
    hold: Hold
    prompt_edit: PromptEdit | None
    prompt_why: str = ""
    blocks: tuple[PlanBlock, ...] = ()
    risks: tuple[PlanRisk, ...] = ()
    moves_with: tuple[str, ...]
    findings: tuple[PlanFinding, ...]
    checklist: tuple[ChecklistItem, ...]
    assessments: Assessments
    effort: Effort
    validation_proposed: tuple[str, ...]
    edits: tuple[str, ...]
    counterfactuals: tuple[PlanCounterfactual, ...] = ()
