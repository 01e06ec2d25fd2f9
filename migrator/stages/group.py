"""Put together what can only move together, and tell what holds it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence

from migrator.domain.config import Config, Decide, Decision
from migrator.domain.rewrite import Rewrite
from migrator.domain.site import DecidedSite, Group, Hold, Outcome
from migrator.domain.source import Place

_RELEASABLE = frozenset({Outcome.UNKNOWN, Outcome.CONFIRMATION_NEEDED})
_STAYS = frozenset({Decide.PIN, Decide.IGNORE})
_ID_LENGTH = 12


def group_sites(
    sites: Sequence[DecidedSite],
    config: Config,
    *,
    as_of: str = "",
    rewrites: Sequence[Rewrite] = (),
) -> tuple[Group, ...]:
    """Give the connected components of references, sites and prompts that get other words.

    A prompt that stays as it is ties nothing together. Groups are in the order of their places.

    A group moves when one of its sites moves and none holds. A release in the configuration frees
    it from sites that are unknown or wait for confirmation, never from blocked ones. `as_of` is
    the ISO date that expiries are compared with, empty to compare none.
    """
    valid = [each for each in config.decisions if not _expired(each, as_of)]
    shared = _shared(sites, rewrites)
    return tuple(_group(members, valid) for members in _components(sites, shared))


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


def has_a_say(site: DecidedSite) -> bool:
    """Whether a site has a say in the words of its prompt.

    What runs the target already, or is no product, takes them as they come.
    """
    there = site.outcome is Outcome.NO_CHANGE and site.hold is Hold.REPORTS
    return site.hold is not Hold.FOLLOWS and not there


def _shared(
    sites: Sequence[DecidedSite], rewrites: Sequence[Rewrite]
) -> Mapping[str, tuple[Place, ...]]:
    """Map each site to the prompts that get other words and that it has a say in."""
    own: defaultdict[str, tuple[Place, ...]] = defaultdict(tuple)
    asked = {each.bound.id for each in sites if has_a_say(each)}
    for rewrite in rewrites:
        for site in rewrite.sites:
            if site in asked:
                own[site] += (rewrite.place,)
    return own


def _components(
    sites: Sequence[DecidedSite], shared: Mapping[str, tuple[Place, ...]]
) -> list[list[DecidedSite]]:
    """Join all sites that share a place; sites with neither reference nor prompt are in none."""
    places = {each.bound.id: (*_places(each), *shared.get(each.bound.id, ())) for each in sites}
    parents: dict[Place, Place] = {}
    for own in places.values():
        for place in own:
            parents.setdefault(place, place)
            parents[_root(parents, place)] = _root(parents, own[0])
    members: defaultdict[Place, list[DecidedSite]] = defaultdict(list)
    for site in sites:
        for place in places[site.bound.id][:1]:
            members[_root(parents, place)].append(site)
    return sorted(members.values(), key=lambda each: min(places[one.bound.id] for one in each))


def _places(site: DecidedSite) -> tuple[Place, ...]:
    reference = site.bound.reference
    return () if reference is None else tuple(each.place for each in reference.written)


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
