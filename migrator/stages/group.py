"""Put together what can only move together, and tell what holds it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence

from migrator.domain.config import Config, Decide, Decision
from migrator.domain.site import DecidedSite, Group, Hold, Outcome
from migrator.domain.source import Place

_RELEASABLE = frozenset({Outcome.UNKNOWN, Outcome.CONFIRMATION_NEEDED})
_STAYS = frozenset({Decide.PIN, Decide.IGNORE})
_ID_LENGTH = 12


def group_sites(
    sites: Sequence[DecidedSite], config: Config, *, as_of: str = ""
) -> tuple[Group, ...]:
    """Give the connected components of references and sites, in the order of their references.

    A group moves when one of its sites moves and none holds. A release in the configuration frees
    it from sites that are unknown or wait for confirmation, never from blocked ones. `as_of` is
    the ISO date that expiries are compared with, empty to compare none.
    """
    valid = [each for each in config.decisions if not _expired(each, as_of)]
    return tuple(_group(members, valid) for members in _components(sites))


def moves_with(
    groups: Sequence[Group], sites: Sequence[DecidedSite]
) -> Mapping[str, tuple[str, ...]]:
    """Map each site that follows in a moving group to the sites that move it."""
    by_id = {each.bound.id: each for each in sites}
    found: dict[str, tuple[str, ...]] = {}
    for group in groups:
        members = [by_id[each] for each in group.sites]
        movers = tuple(each.bound.id for each in members if each.hold is Hold.MOVES)
        if group.moves:
            found |= {each.bound.id: movers for each in members if each.hold is Hold.FOLLOWS}
    return found


def _components(sites: Sequence[DecidedSite]) -> list[list[DecidedSite]]:
    """Join all sites that share a reference's place; sites without a reference are in none."""
    parents: dict[Place, Place] = {}
    for site in sites:
        for place in _places(site):
            parents.setdefault(place, place)
            parents[_root(parents, place)] = _root(parents, _places(site)[0])
    members: defaultdict[Place, list[DecidedSite]] = defaultdict(list)
    for site in sites:
        for place in _places(site)[:1]:
            members[_root(parents, place)].append(site)
    return sorted(members.values(), key=lambda each: min(_places(one) for one in each))


def _places(site: DecidedSite) -> tuple[Place, ...]:
    reference = site.bound.reference
    return () if reference is None else (reference.place,)


def _root(parents: Mapping[Place, Place], place: Place) -> Place:
    while parents[place] != place:
        place = parents[place]
    return place


def _group(members: Sequence[DecidedSite], decisions: Sequence[Decision]) -> Group:
    identity = _identity(members)
    releases = [each for each in decisions if each.decide is Decide.RELEASE]
    stays = any(each.on == identity and each.decide in _STAYS for each in decisions)
    held_by = [each for each in members if stays or _holds(each, identity, releases)]
    moving = any(each.hold is Hold.MOVES for each in members)
    return Group(
        id=identity,
        references=tuple(sorted({place for each in members for place in _places(each)})),
        sites=tuple(each.bound.id for each in members),
        held_by=tuple(each.bound.id for each in held_by),
        moves=moving and not held_by,
    )


def _holds(site: DecidedSite, group: str, releases: Sequence[Decision]) -> bool:
    if site.hold is not Hold.HOLDS:
        return False
    editable = site.bound.reference is not None and site.bound.reference.at is not None
    if site.outcome not in _RELEASABLE or not editable:
        return True
    return not any(_speaks_of(each, site, group) for each in releases)


def _speaks_of(decision: Decision, site: DecidedSite, group: str) -> bool:
    bound = site.bound
    names = {group, bound.id, f"{bound.place.path}:{bound.place.line}"}
    text = ""
    if bound.reference is not None:
        place, recognised = bound.reference.place, bound.reference.recognised
        text = recognised.text
        names |= {f"{place.path}:{place.line}", recognised.id, text}
    return decision.on in names and decision.text in {"", text}


def _expired(decision: Decision, as_of: str) -> bool:
    return bool(as_of and decision.expiry and decision.expiry < as_of)


def _identity(members: Sequence[DecidedSite]) -> str:
    """Hash where the references stand and what they say; the order of the sites is no matter."""
    lines = {
        f"{each.place.path}:{each.place.line}:{each.place.column}:{each.recognised.text}"
        for each in (member.bound.reference for member in members)
        if each is not None
    }
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()[:_ID_LENGTH]
