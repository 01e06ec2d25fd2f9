"""Assemble the plan from what the stages decided; nothing is decided here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from migrator.domain.advice import Advised
from migrator.domain.config import Config
from migrator.domain.counterfactual import Counterfactual
from migrator.domain.edit import EditKind, InsertPrompt, ReplaceModel, Splice
from migrator.domain.mention import Bucket
from migrator.domain.plan import (
    SCHEMA,
    BasisSource,
    ConfigStamp,
    FileDigest,
    FollowUp,
    JointFollowUps,
    Override,
    Plan,
    PlanAdvice,
    PlanEdit,
    PlanGroup,
    PlaybookStamp,
    RepositoryStamp,
    SkippedFile,
    SyncSet,
)
from migrator.domain.plan_site import Assessments, ChecklistItem, Effort, PlanMention
from migrator.domain.playbook import Playbook
from migrator.domain.redaction import redacted
from migrator.domain.rewrite import Choice, Rewrite
from migrator.domain.site import DecidedSite, Group, Hold
from migrator.domain.source import Skipped
from migrator.stages.assemble._prompts import plan_prompts
from migrator.stages.assemble._sites import plan_site
from migrator.stages.assemble._totals import totals


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteNotes:
    """What is said of a site beside its verdict."""

    effort: Effort
    checklist: tuple[ChecklistItem, ...]
    assessments: Assessments
    validation: tuple[str, ...]
    counterfactuals: tuple[Counterfactual, ...] = ()


@dataclass(frozen=True, slots=True)
class Drafted:
    """A change with the bytes it becomes, its group, and the words of it where it is a prompt's."""

    change: ReplaceModel | InsertPrompt
    splice: Splice
    group: str
    rewrite: Rewrite | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """All that the stages decided about one repository."""

    sites: Sequence[DecidedSite]
    groups: Sequence[Group]
    releases: Mapping[str, tuple[str, ...]]
    moves_with: Mapping[str, tuple[str, ...]]
    drafted: Sequence[Drafted]
    choices: Mapping[str, Choice]
    notes: Mapping[str, SiteNotes]
    mentions: Sequence[PlanMention]
    follow_ups: Sequence[FollowUp]
    joint_follow_ups: Sequence[JointFollowUps] = ()
    overrides: Sequence[Override]
    sync_sets: Sequence[SyncSet]
    skipped: Sequence[Skipped]
    notices: Sequence[str]
    advised: Sequence[Advised] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamps:
    """What was planned, and with what."""

    tool: str
    playbook: Playbook
    config: Config
    repository: RepositoryStamp
    digests: Mapping[str, str]


def assemble(verdicts: Verdicts, stamps: Stamps) -> Plan:
    """Make the plan of the verdicts; equal input gives an equal plan, in a stable order."""
    edits = tuple(_edit(number, each) for number, each in enumerate(verdicts.drafted, 1))
    sites = tuple(
        plan_site(each, verdicts.notes[each.bound.id], verdicts, _edits_of(each, verdicts, edits))
        for each in verdicts.sites
    )
    skipped = sorted(set(verdicts.skipped))
    return Plan(
        schema=SCHEMA,
        tool=stamps.tool,
        target=stamps.config.target,
        playbook=_playbook(stamps.playbook),
        config=ConfigStamp(digest=stamps.config.digest, path=stamps.config.path),
        repository=stamps.repository,
        files=tuple(
            FileDigest(path=path, sha256=digest) for path, digest in sorted(stamps.digests.items())
        ),
        totals=totals(sites, verdicts.groups),
        accounting=_accounting(verdicts.mentions, skipped),
        mentions=tuple(verdicts.mentions),
        prompts=plan_prompts(verdicts.sites),
        sites=sites,
        groups=tuple(_group(each, verdicts.releases) for each in verdicts.groups),
        edits=edits,
        follow_ups=tuple(verdicts.follow_ups),
        skipped=tuple(SkippedFile(path=each.path, reason=each.reason) for each in skipped),
        overrides=tuple(verdicts.overrides),
        sync_sets=tuple(verdicts.sync_sets),
        notices=tuple(verdicts.notices),
        advice=tuple(map(_advice, verdicts.advised)),
        joint_follow_ups=tuple(verdicts.joint_follow_ups),
    )


def _edits_of(site: DecidedSite, verdicts: Verdicts, edits: Sequence[PlanEdit]) -> tuple[str, ...]:
    """Name the edits of a site: of its reference, and of its prompt where it takes part."""
    pairs = zip(verdicts.drafted, edits, strict=True)
    return tuple(edit.id for drafted, edit in pairs if _is_of(site, drafted))


def _is_of(site: DecidedSite, drafted: Drafted) -> bool:
    if drafted.rewrite is not None:
        moves = site.hold in {Hold.MOVES, Hold.FOLLOWS}
        return moves and site.bound.id in drafted.rewrite.sites
    reference, change = site.bound.reference, drafted.change
    written = reference.written if reference else ()
    return (change.path, change.at.start) in {(e.path, e.at.start) for e in written if e.at}


def _edit(number: int, drafted: Drafted) -> PlanEdit:
    rewrite = drafted.rewrite
    return PlanEdit(
        id=f"e{number}",
        path=drafted.change.path,
        line=drafted.change.at.line,
        start=drafted.splice.start,
        end=drafted.splice.end,
        before=drafted.splice.before.decode(),
        after=drafted.splice.after.decode(),
        kind=EditKind.MODEL if rewrite is None else EditKind.PROMPT,
        group=drafted.group,
        blocks=tuple(each.block.id for each in rewrite.chosen) if rewrite else (),
        words=rewrite.words if rewrite else 0,
        worded_by=rewrite.worded_by if rewrite else "",
    )


def _advice(heard: Advised) -> PlanAdvice:
    return PlanAdvice(
        prompt=heard.place,
        request=heard.advice.key,
        model=heard.advice.model,
        reply=heard.advice.reply,
        answer=redacted(heard.advice.text),
        wording=heard.wording,
        why=redacted(heard.why),
    )


def _playbook(playbook: Playbook) -> PlaybookStamp:
    target = playbook.catalogue.models[playbook.target]
    return PlaybookStamp(
        price=target.price,
        price_read=target.read if target.price else "",
        newer=playbook.newer,
        notes=playbook.notes,
        name=playbook.name,
        digest=playbook.digest,
        sources=tuple(
            BasisSource(title=each.title, url=each.url, read=each.read) for each in playbook.sources
        ),
    )


def _group(group: Group, releases: Mapping[str, tuple[str, ...]]) -> PlanGroup:
    return PlanGroup(
        id=group.id,
        references=tuple(f"{each.path}:{each.line}" for each in group.references),
        sites=group.sites,
        held_by=group.held_by,
        moves=group.moves,
        release=releases.get(group.id, ()),
    )


def _accounting(mentions: Sequence[PlanMention], skipped: Sequence[Skipped]) -> dict[str, int]:
    """Count every mention once; what is left over is the residual, which must be zero."""
    counted = Counter(each.bucket for each in mentions)
    accounting = {bucket.value: counted[bucket] for bucket in Bucket}
    accounting["unread"] = sum(each.unread for each in skipped)
    accounting["residual"] = len(mentions) - sum(counted[bucket] for bucket in Bucket)
    return accounting
