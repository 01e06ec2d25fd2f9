"""Name what belongs together with a definition: copies of it, and lists that offer its model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from migrator.domain.mention import MEMBER_OF_A_LIST, PART_OF_A_TYPE, Bucket
from migrator.domain.plan import SyncKind, SyncMember, SyncSet
from migrator.domain.plan_site import PlanMention
from migrator.domain.roles import is_test
from migrator.domain.site import DecidedSite, Group, Hold, Reference
from migrator.domain.trail import HopKind

_LISTS = frozenset({MEMBER_OF_A_LIST, PART_OF_A_TYPE})
_NEAR = 10  # lines
_NAMING = frozenset({HopKind.ASSIGNMENT, HopKind.ENVIRONMENT, HopKind.FIELD, HopKind.CONFIG_KEY})
# Said of a model in every other place; alone it makes no two settings one.
_COMMON = frozenset({"model", "modelname", "modelid", "name", "id", "default", "llm", "engine"})


def sync_sets(
    groups: Iterable[Group],
    sites: Sequence[DecidedSite],
    mentions: Sequence[PlanMention],
    target: str,
) -> tuple[SyncSet, ...]:
    """Give, for each group that would move, the places that name its model for the same purpose.

    A copy sets the same name to the same id where no call in view reads it. A list, type or enum
    counts where it offers the id and its file does not name the target yet.
    """
    offering = {each.path for each in mentions if each.text == target}
    found = []
    for group in groups:
        members = [each for each in sites if each.bound.id in group.sites]
        if not any(each.hold is Hold.MOVES for each in members):
            continue
        references = [each.bound.reference for each in members if each.bound.reference]
        agreeing = tuple(sorted(set(_members(references, mentions, offering))))
        if agreeing:
            ids = sorted({each.recognised.id for each in references})
            found.append(SyncSet(group=group.id, models=tuple(ids), members=agreeing))
    return tuple(found)


def _members(
    references: Sequence[Reference], mentions: Sequence[PlanMention], offering: set[str]
) -> Iterator[SyncMember]:
    texts = {text for each in references for text in (each.recognised.id, each.recognised.text)}
    names = {name for each in references for name in _names(each)}
    shown = _shown(mentions)
    own: set[tuple[str, int | None]] = {
        (each.path, each.place.line) for reference in references for each in reference.written
    }
    for each in mentions:
        path, line = each.path, each.line
        if each.text not in texts or is_test(path) or (path, line) in own:
            continue
        copies = each.bucket is Bucket.UNBOUND and _plain(each.name) in names
        if copies or (path, shown.get(each)) in own:
            yield SyncMember(path=path, line=line, kind=SyncKind.COPY, name=each.name)
        if each.bucket is Bucket.CATALOGUE and each.why in _LISTS and path not in offering:
            yield SyncMember(path=path, line=line, kind=SyncKind.LISTED, name=each.name)


def _shown(mentions: Iterable[PlanMention]) -> Mapping[PlanMention, int]:
    """Map what repeats a definition as the default, in a form right below, to that line."""
    found: dict[PlanMention, int] = {}
    above: PlanMention | None = None
    for each in mentions:
        if each.bucket is Bucket.SITE:
            above = each
        elif each.bucket is Bucket.CATALOGUE and _plain(each.name) == "default" and above:
            near = above.path == each.path and each.line - above.line <= _NEAR
            if near and above.text == each.text:
                found[each] = above.line
    return found


def _names(reference: Reference) -> Iterator[str]:
    named = (hop.detail.rpartition(".")[2] for hop in reference.via if hop.kind in _NAMING)
    for each in (*named, reference.symbol.rpartition(".")[2]):
        plain = _plain(each)
        if plain and plain not in _COMMON:
            yield plain


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
