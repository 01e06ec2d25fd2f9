"""Draft the edits outside the upgrade guide that would free held groups.

Nothing here changes a verdict: the groups, their sites and outcomes stay as the plan has them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from migrator.domain.site import ClassifiedSite, DecidedSite, Group, Hold, Outcome
from migrator.domain.unblock import Draft, Fix, Sampling
from migrator.following.port import Walk
from migrator.stages.unblock._calls import CallKey, hard, key_of, sites_by_call
from migrator.stages.unblock._fixes import Fixed, InstalledFor, Terms, fix_call
from migrator.stages.unblock._what_if import with_fixes

__all__ = ["Again", "Draft", "InstalledFor", "Regroup", "Verdict", "draft_unblock", "may_be_freed"]

Again: TypeAlias = Callable[[ClassifiedSite], DecidedSite]
Regroup: TypeAlias = Callable[[Sequence[DecidedSite]], Sequence[Group]]

_FIXABLE = frozenset({Outcome.BLOCKED, Outcome.UNKNOWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """All sites and groups as they were decided, and how to decide and group again.

    `installed` gives the version of the OpenAI library that is installed for the file at a path.
    """

    sites: Sequence[DecidedSite]
    groups: Sequence[Group]
    again: Again
    regroup: Regroup
    walk: Walk
    installed: InstalledFor


def may_be_freed(verdict: Verdict) -> frozenset[str]:
    """Give the held groups that nothing but findings holds, one of which has such a remedy."""
    by_id = {each.bound.id: each for each in verdict.sites}
    found: set[str] = set()
    for group in verdict.groups:
        holders = [by_id[each] for each in group.held_by]
        remedied = (one for each in holders for finding in hard(each) for one in finding.remedies)
        if holders and all(map(_is_fixable, holders)) and any(each.unblock for each in remedied):
            found.add(group.id)
    return frozenset(found)


def draft_unblock(verdict: Verdict, wanted: Collection[str], sampling: Sampling) -> Draft:
    """Give the fixes that free as many of the wanted groups as possible, each one whole."""
    home = {site: group.id for group in verdict.groups for site in group.sites}
    calls = sites_by_call(verdict.sites)
    active, left = set(wanted), dict[str, str]()
    while True:
        terms = Terms(
            sampling=sampling,
            walk=verdict.walk,
            installed=verdict.installed,
            moving=frozenset(site for site, group in home.items() if group in active),
        )
        fixed = {
            key: fix_call(own, terms)
            for key, own in calls.items()
            if any(home.get(each.bound.id) in active for each in own)
        }
        decided = [_decided(each, fixed, verdict.again) for each in verdict.sites]
        moving = {group.id for group in verdict.regroup(decided) if group.moves}
        stuck = active - moving
        if not stuck:
            break
        left |= {each: _why(each, home, decided, fixed) for each in sorted(stuck)}
        active -= stuck
    fixes = tuple(fix for each in fixed.values() for fix in each.fixes)
    moves = (each.bound.id for each in decided if home.get(each.bound.id) in active and _goes(each))
    return Draft(
        freed=tuple(group.id for group in verdict.groups if group.id in active),
        fixes=fixes,
        moves=tuple(moves),
        left=tuple(left.items()),
    )


def _is_fixable(site: DecidedSite) -> bool:
    reference = site.bound.reference
    editable = reference is not None and reference.at is not None
    return editable and site.bound.call is not None and site.outcome in _FIXABLE


def _decided(site: DecidedSite, fixed: Mapping[CallKey, Fixed], again: Again) -> DecidedSite:
    call = site.bound.call
    fixes: tuple[Fix, ...] = fixed[key_of(call)].fixes if call and key_of(call) in fixed else ()
    return again(with_fixes(site, fixes)) if fixes else site


def _goes(site: DecidedSite) -> bool:
    return site.hold in {Hold.MOVES, Hold.FOLLOWS}


def _why(
    group: str,
    home: Mapping[str, str],
    decided: Iterable[DecidedSite],
    fixed: Mapping[CallKey, Fixed],
) -> str:
    """Say what keeps a group after all fixes that can be made: a refusal first, then a finding."""
    members = [each for each in decided if home.get(each.bound.id) == group]
    calls = [each.bound.call for each in members if each.bound.call is not None]
    declined = [why for call in calls for why in fixed.get(key_of(call), Fixed()).declined]
    if declined:
        return declined[0]
    found = [finding for each in members for finding in hard(each)]
    if found:
        return f"{found[0].rule} would stay: {found[0].message}"
    holder = next((each for each in members if each.hold is Hold.HOLDS), members[0])
    return f"{holder.bound.place.path}:{holder.bound.place.line} would still hold it: {holder.why}"
