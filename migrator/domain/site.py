"""Describe a site as it travels: bound, paired, classified, judged, decided.

Each stage wraps the result of the one before; a judged site that was never paired cannot exist.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeAlias

from migrator.domain.addition import Added
from migrator.domain.block import RiskEvidence
from migrator.domain.catalogue import Recognised
from migrator.domain.config import Decision, Role
from migrator.domain.facts import Invocation
from migrator.domain.finding import Finding
from migrator.domain.gate import Gate
from migrator.domain.holder import Holder
from migrator.domain.other_use import OtherUse
from migrator.domain.parsed import Parsed
from migrator.domain.playbook import CallShape, Receiver
from migrator.domain.pointed import Pointed
from migrator.domain.prompt import PromptLink
from migrator.domain.replay import Replay
from migrator.domain.run import Run
from migrator.domain.source import Location, Place
from migrator.domain.surface import Surface
from migrator.domain.trail import Confidence, Found, Frame, Hop, Lost
from migrator.domain.treatment import Effect, Treated

Plain: TypeAlias = str | int | float | bool | None


class SettingState(StrEnum):
    """Whether a setting can be seen at a call."""

    EXPLICIT = "explicit"
    ABSENT = "absent"
    UNRESOLVED = "unresolved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A parameter of a call.

    `value` is its literal value, or a short description (`list of 2`) of one that is no literal.
    `ends` are the expressions it was followed to, for rules that look inside.
    """

    state: SettingState
    value: Plain = None
    at: Place | None = None
    ends: tuple[Found, ...] = ()
    reason: str = ""


ABSENT = Setting(state=SettingState.ABSENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A model id written as a value; `at` spans exactly the bare id's bytes.

    `at` is None when the id is spread over several tokens, so that no edit can reach it.
    `literal` is the whole text that stands there, where steps on the way made the id of it.
    `mirrors` are copies in the same declaration, which have to agree and move with it.
    """

    path: str
    place: Place
    at: Location | None
    symbol: str
    recognised: Recognised
    via: tuple[Hop, ...] = ()
    literal: str = ""
    mirrors: tuple[Reference, ...] = ()

    @property
    def written(self) -> tuple[Reference, ...]:
        """The reference with its mirrors: all places that an edit of it changes."""
        return (self, *self.mirrors)

    @property
    def confidence(self) -> Confidence:
        """The weakest hop's confidence."""
        sure = all(hop.confidence is Confidence.CERTAIN for hop in self.via)
        return Confidence.CERTAIN if sure else Confidence.LIKELY


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundCall:
    """A call that runs a model, with its settings read in the frame that the site stands in.

    `text` is the callee as written. `receiver` and `client` tell who is called: the kind of client
    and the settings of its constructor. `hosts` are all that the client may be of. `redirected` is
    where all calls of the library are pointed elsewhere, `pointed` what does so where no address is
    given. `holder` is the object that brings the model, where it is no argument of the call.
    `alone` says that this makes such an object, and no call in view runs it. `treated` is what the
    installed version of a library does with the request, `missed` what another version would keep
    from the API. `added` is what the object gains elsewhere, by the argument that might have
    brought it, `ran` the calls that run it and say more. `unseen` tells why some are not in view.
    `cut` are ways to the call that were not followed, where it stands for them, `ways` those that
    send something else: `settings` are those of all.
    """

    place: Place
    end_line: int
    text: str
    frame: Frame
    invocation: Invocation
    shape: CallShape
    surface: Surface
    receiver: Receiver | None
    client: Mapping[str, Setting]
    settings: Mapping[str, Setting]
    arguments: Mapping[str, Found]
    confidence: Confidence = Confidence.CERTAIN
    hosts: tuple[str, ...] = ()
    redirected: Place | None = None
    pointed: Pointed | None = None
    holder: Holder | None = None
    alone: bool = False
    treated: tuple[Treated, ...] = ()
    missed: tuple[Treated, ...] = ()
    added: Mapping[str, tuple[Added, ...]] = field(default_factory=dict)
    ran: tuple[Run, ...] = ()
    unseen: str = ""
    cut: tuple[Lost, ...] = ()
    ways: tuple[BoundCall, ...] = ()

    def given(self, name: str) -> tuple[Found, ...]:
        """Give all that an argument holds: what the call is given, and what is added elsewhere."""
        own = (self.arguments[name],) if name in self.arguments else ()
        return (*own, *(each.found for each in self.added.get(name, ())))

    def setting(self, name: str | None) -> Setting:
        """Give a setting by name; an absent one when the surface has no such setting."""
        return ABSENT if name is None else self.settings.get(name, ABSENT)

    def given_by_library(self, parameter: str) -> Treated | None:
        """Tell what sends a parameter of the API although nobody wrote it, if anything."""
        effects = (Effect.ADDS, Effect.SETS)
        ours = (each for each in self.treated if parameter in each.treatment.parameters)
        return next((each for each in ours if each.treatment.effect in effects), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundSite:
    """One reference (or none) reaching one call (or none); never neither.

    `gates` are those that treat the target otherwise than the id of the reference; `consulted` are
    the files that say so. `uses` are what else an edit of the reference would change,
    `indexed` where output items of the call are taken whatever their type, `replay` how they are
    passed back into a later request, `parsed` where the text of the answer is taken apart, `images`
    where an image is sent without a fixed detail.
    `unresolved` tells why there is no reference. `language` is the front-end's name.
    """

    id: str
    place: Place
    symbol: str
    language: str
    call: BoundCall | None
    reference: Reference | None
    unresolved: str = ""
    gates: tuple[Gate, ...] = ()
    consulted: tuple[str, ...] = ()
    last_hop: Hop | None = None
    uses: tuple[OtherUse, ...] = ()
    indexed: tuple[Place, ...] = ()
    replay: Replay | None = None
    parsed: tuple[Parsed, ...] = ()
    images: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedSite:
    """A bound site with the parts of its prompt in the order they are sent."""

    bound: BoundSite
    prompts: tuple[PromptLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassifiedSite:
    """A paired site with its role and family; `why_role` is the evidence for the role.

    `decision` is what a pragma or the configuration says of this site; `remark` is a comment that
    asks to keep its id; `risks` is the evidence of what its workflow leans on.
    """

    paired: PairedSite
    role: Role
    why_role: str
    family: str
    tier: str
    traits: Mapping[str, str] = field(default_factory=dict)
    decision: Decision | None = None
    remark: Place | None = None
    risks: tuple[RiskEvidence, ...] = ()

    @property
    def bound(self) -> BoundSite:
        """The site as it was bound."""
        return self.paired.bound

    @property
    def call(self) -> BoundCall | None:
        """The call, where there is one."""
        return self.paired.bound.call


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedSite:
    """A classified site with every finding of every rule, in the order of their codes."""

    classified: ClassifiedSite
    findings: tuple[Finding, ...]
    accepted: tuple[Finding, ...] = ()

    def without(self, findings: Iterable[Finding]) -> JudgedSite:
        """Give the site as it would be if these findings did not hold."""
        gone = frozenset(findings)
        kept = tuple(each for each in self.findings if each not in gone)
        return replace(self, findings=kept)


class Outcome(StrEnum):
    """The verdict on a site."""

    STRING_ONLY = "string_only"
    LIGHT_REWRITE = "light_rewrite"
    BLOCKED = "blocked"
    UNKNOWN = "unknown"
    CONFIRMATION_NEEDED = "confirmation_needed"
    NO_CHANGE = "no_change"


class Ask(StrEnum):
    """Why a person has to confirm; each can be lifted with `--confirm`."""

    EXAMPLE = "example"
    DOCS = "docs"
    EVAL = "eval"
    TEST = "test"
    COMPARISON = "comparison"
    SMALL = "small"
    FALLBACK = "fallback"
    SNAPSHOT = "snapshot"
    PRO = "pro"
    ALIAS = "alias"
    REMARK = "remark"
    UNBOUND = "unbound"


ROLE_ASKS = frozenset({Ask.EXAMPLE, Ask.DOCS, Ask.EVAL, Ask.TEST, Ask.COMPARISON})


class Hold(StrEnum):
    """What a site does to the group it is in."""

    MOVES = "moves"
    FOLLOWS = "follows"  # asks for its role alone: moves with a production definition
    HOLDS = "holds"
    REPORTS = "reports"  # no reference: nothing to move, nothing to hold


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedSite:
    """A judged site with its outcome.

    `why` is the reason for the outcome in one line; `if_confirmed` the outcome it would have once
    its questions (`asks`) are answered.
    """

    judged: JudgedSite
    outcome: Outcome
    why: str
    clause: str
    hold: Hold
    if_confirmed: Outcome | None = None
    asks: tuple[Ask, ...] = ()

    @property
    def bound(self) -> BoundSite:
        """The site as it was bound."""
        return self.judged.classified.paired.bound


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """References, sites and prompts that can only move together."""

    id: str
    references: tuple[Place, ...]
    sites: tuple[str, ...]
    held_by: tuple[str, ...]
    moves: bool
