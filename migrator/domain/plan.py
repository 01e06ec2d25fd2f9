"""Define the plan: the document that is saved, applied exactly, and rendered by every report.

The JSON contract is these types, field by field; `migrate schema` prints the schema made of them.
Lines and columns count from 1, `start` and `end` are byte offsets, paths are repository-relative.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from migrator.domain.advice import Reply, Wording
from migrator.domain.edit import EditKind
from migrator.domain.finding import Size
from migrator.domain.plan_site import Effort, PlanMention, PlanPrompt, PlanSite, PromptEdit
from migrator.domain.site import Outcome

SCHEMA = "migrate.plan/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class BasisSource:
    """A page that facts were read from, with the ISO date of reading."""

    title: str
    url: str
    read: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybookStamp:
    """Which playbook judged, and the pages it rests on.

    `price` is the target's list price, USD per million tokens in, out, as read on `price_read`.
    `newer` are models that came after the target, `notes` what changes whatever a call sends.
    """

    name: str
    digest: str
    sources: tuple[BasisSource, ...] = ()
    price: tuple[float, float] | None = None
    price_read: str = ""
    newer: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigStamp:
    """Which configuration was in force; `path` is empty without a file."""

    digest: str
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RepositoryStamp:
    """What was planned: the commit (None outside git), and whether tracked files differ from it."""

    commit: str | None
    dirty: bool
    scope: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDigest:
    """A file that a verdict read, with the SHA-256 of its bytes."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """Counts of one outcome: its sites, those that get an edit, those that are held."""

    sites: int
    edited: int
    held: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanGroup:
    """References, sites and prompts that can only move together.

    `references` are `path:line` places. `held_by` are the sites that hold it; `release` says what
    would free it.
    """

    id: str
    references: tuple[str, ...]
    sites: tuple[str, ...]
    held_by: tuple[str, ...]
    moves: bool
    release: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A version of a package from which on it can send what an edit makes a call send.

    `stated` says what the project installs, `path` is the file that says so, empty without one.
    """

    package: str
    since: str
    stated: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanEdit:
    """Bytes to replace: `before` is exactly what stands at `[start, end)`.

    `with_swap` marks an edit that goes into the commit of its group's model edit, because the model
    of today refuses what it sends. `rules` are the codes of the findings that an edit outside the
    guide lifts, `needs` is the version of a library that it rests on. A prompt edit names its
    `blocks` and counts the `words` added.
    """

    id: str
    path: str
    line: int
    start: int
    end: int
    before: str
    after: str
    kind: EditKind
    group: str
    with_swap: bool = False
    rules: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    words: int = 0
    worded_by: str = ""
    needs: Requirement | None = None

    @property
    def layer(self) -> EditKind:
        """The layer whose commit holds it."""
        return EditKind.MODEL if self.with_swap else self.kind


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """The smallest implementation task that frees sites; `sites` need it, `frees` then move.

    `place` is the `path:line` of the remedy, `shows_at` are the other lines where the cause shows.
    `keep` is what must not be touched; `acceptance` is a command that exits 0 once it is done.
    """

    id: str
    task: str
    rule: str
    clause: str
    why: str
    place: str
    shows_at: tuple[str, ...]
    keep: str
    size: Size | None
    sites: tuple[str, ...]
    frees: tuple[str, ...]
    acceptance: str
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JointFollowUps:
    """Tasks, by id, that free sites only together: none of these moves before all are done."""

    tasks: tuple[str, ...]
    frees: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedFile:
    """A file that was left out, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A file that sets a variable which wins over a default in the code; the value is not told."""

    path: str
    line: int
    key: str


class SyncKind(StrEnum):
    """Why a place belongs together with a definition."""

    COPY = "copy"  # sets the same name to the same id
    LISTED = "listed"  # a list, type or enum that offers the id and not the target


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class SyncMember:
    """A place that names the model of a group for the same purpose; `name` is what it sets."""

    path: str
    line: int
    kind: SyncKind
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncSet:
    """What belongs together with the definitions of a group; none of its members is edited."""

    group: str
    models: tuple[str, ...]
    members: tuple[SyncMember, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FreedSite:
    """What a second plan says of a site once the edits outside the guide are made."""

    site: str
    outcome: Outcome
    why: str
    clause: str
    prompt_edit: PromptEdit | None
    effort: Effort
    edits: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftGroup:
    """A held group that edits outside the guide do not free, and why."""

    group: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAdvice:
    """What a model answered about the words of one prompt, kept so that nobody asks again.

    `prompt` is a `path:line`, `request` the SHA-256 of the request's body, `answer` what came back.
    `why` says why the block's own words were used.
    """

    prompt: str
    request: str
    model: str
    reply: Reply
    answer: str
    wording: Wording
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unblocking:
    """Edits outside the upgrade guide that would free held groups; verdicts stay as they are.

    `sampling` is how sampling parameters are dealt with, empty where the edits were not asked for:
    then `frees` alone is filled, with the sites that would move as far as rules can tell. `groups`
    are ids of the plan's groups, together where one edit frees several. `edits` are all that those
    groups get, `sites` what a second plan says of their sites.
    """

    sampling: str = ""
    frees: tuple[str, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    sites: tuple[FreedSite, ...] = ()
    edits: tuple[PlanEdit, ...] = ()
    left: tuple[LeftGroup, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The whole plan; equal input gives equal bytes."""

    schema: str
    tool: str
    target: str
    playbook: PlaybookStamp
    config: ConfigStamp
    repository: RepositoryStamp
    files: tuple[FileDigest, ...]
    totals: Mapping[str, Total]
    accounting: Mapping[str, int]
    mentions: tuple[PlanMention, ...]
    prompts: tuple[PlanPrompt, ...]
    sites: tuple[PlanSite, ...]
    groups: tuple[PlanGroup, ...]
    edits: tuple[PlanEdit, ...]
    follow_ups: tuple[FollowUp, ...]
    skipped: tuple[SkippedFile, ...]
    overrides: tuple[Override, ...] = ()
    sync_sets: tuple[SyncSet, ...] = ()
    notices: tuple[str, ...] = ()
    unblocking: Unblocking = Unblocking()
    advice: tuple[PlanAdvice, ...] = ()
    joint_follow_ups: tuple[JointFollowUps, ...] = ()
