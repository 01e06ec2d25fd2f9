"""Turn a matched call into its sites: one for each model id that can reach it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from migrator.domain.addresses import is_home
from migrator.domain.catalogue import Catalogue, Standing
from migrator.domain.expression import Text
from migrator.domain.roles import is_test
from migrator.domain.site import BoundSite
from migrator.domain.source import Place
from migrator.domain.trail import Frame, Lost, Trail
from migrator.following.hops import entered_further
from migrator.following.joined import put_together
from migrator.following.port import Walk
from migrator.following.ways import every_way
from migrator.stages.link._addressed import goes_to
from migrator.stages.link._beyond import Beyond
from migrator.stages.link._fallbacks import fallback_places
from migrator.stages.link._gathered import ModelPlace, gather, model_places, within
from migrator.stages.link._handed_on import more_ways, ways_in
from migrator.stages.link._match import Matcher
from migrator.stages.link._matched import Matched, with_entry
from migrator.stages.link._on_objects import brought, held_over, pointed_by_runs, with_runs
from migrator.stages.link._own_object import with_own_object
from migrator.stages.link._references import reference_of
from migrator.stages.link._settings import read_setting
from migrator.stages.link._sites import make_site, unread_site
from migrator.stages.link._way_in import (
    called_in,
    calls_to,
    without_tests,
)

_ONLY_TESTS = "only tests show what reaches it"


def bind_call(walk: Walk, matched: Matched, matcher: Matcher) -> list[BoundSite]:
    """Give the sites of one call; none when every id that reaches it is out of scope.

    Where the model is brought by an object that the call takes in, the object's own id counts.
    """
    call, shape = matched.invocation.call, matched.shape
    named = any(each.name == matched.surface.model for each in call.keywords)
    if shape.own and not (named or matched.ran):
        return []
    if matched.entered is None and matched.holder is None and not named:
        at = Frame(matched.facts.path, matched.invocation.scope)
        ways = ways_in(walk, call, at, matched.surface.model)
        if ways:
            cut = more_ways(walk, call, at, ways)
            each_way = (replace(matched, entered=entered, cut=cut) for entered in ways)
            return [site for each in each_way for site in bind_call(walk, each, matcher)]
    frame = within(Frame(matched.facts.path, matched.invocation.scope), matched.entered)
    arguments, lost = gather(walk, call, frame, shape, matched.surface, matched.holder)
    matched = replace(matched, added=matcher.additions.on(matched, arguments))
    run = with_runs(walk, matched, matcher)
    if run is None:
        return []
    matched = run
    if shape.address and not goes_to(walk, arguments.get("url"), shape.address):
        return []
    places = brought(walk, matched) or model_places(walk, arguments, matched.surface)
    if not places:
        if shape.optional:
            return []
        reason = lost[0].reason if lost else _unnamed(matched)
        return [make_site(walk, matched, frame, reason)]
    held = _held(walk, matched, matcher, places)
    if held is not None:
        return [site for each in held for site in bind_call(walk, each, matcher)]
    matched = pointed_by_runs(walk, matched, matcher)
    catalogue = matcher.playbook.catalogue
    fallbacks = fallback_places(walk, arguments, matched.surface)
    taking_over = _bound(walk, matched, frame, fallbacks, catalogue) if fallbacks else []
    taking_over = [each for each in taking_over if each.reference]
    return [*_bound(walk, matched, frame, places, catalogue), *taking_over]


def _held(
    walk: Walk, matched: Matched, matcher: Matcher, places: Iterable[ModelPlace]
) -> list[Matched] | None:
    """Give a match for each object that brings the model; None where it is not an object.

    One that lies deeper in a table is a site where it is made: the call has a model of its own.
    """
    if matched.holder is not None:
        return held_over(walk, matched, matcher, places) or None
    argument = matched.surface.model
    found = [
        matcher.hold(matched, held, argument)
        for place in places
        for held in matcher.holders.find(walk, place.found.expression, place.found.frame)
    ]
    return ([] if matched.shape.beside else found) if found else None


def _unnamed(matched: Matched) -> str:
    if matched.holder is not None and not matched.holder.made:
        return "the object that it is called on is made out of view"
    default = matched.surface.default_model
    return f"the call names no model; {default}" if default else "the call names no model"


def _bound(
    walk: Walk, matched: Matched, frame: Frame, places: Iterable[ModelPlace], catalogue: Catalogue
) -> list[BoundSite]:
    sites: list[BoundSite] = []
    foreign = _points_elsewhere(matched)
    tested = False
    path = matched.facts.path
    left: list[tuple[Frame, Trail]] = []
    beyond = Beyond(walk, matched)
    for place, trail in _followed(walk, places, catalogue):
        found = place.found
        inside = entered_further(frame, found.entered or trail.entered)
        reference = reference_of(walk, trail, catalogue, azure=matched.hosts == ("azure",))
        if beyond.takes_in(trail, inside):
            continue
        if reference is None:
            left.append((inside, trail))
        elif reference.recognised.standing is Standing.OUT_OF_SCOPE:
            foreign = True
        elif beyond.is_one_more(trail, inside, reference):
            continue
        elif is_test(called_in(inside, path)) or not is_test(reference.path):
            beside = {key: read_setting(walk, each) for key, each in place.beside.items()}
            here = with_entry(replace(matched, client={**matched.client, **beside}), place.entry)
            own = with_own_object(walk, inside, reference.via)
            sites.append(make_site(walk, here, own, reference))
        else:
            tested = True
    sites += beyond.sites(catalogue)
    if foreign:
        return sites
    if tested and not sites and not left:
        return [make_site(walk, matched, frame, _ONLY_TESTS)]
    return sites + _without_reference(walk, matched, left, sites)


def _followed(
    walk: Walk, places: Iterable[ModelPlace], catalogue: Catalogue
) -> Iterator[tuple[ModelPlace, Trail]]:
    for place in places:
        found = place.found
        ends = every_way(walk, found.expression, found.frame)
        for trail in put_together(walk, ends, catalogue, found.frame):
            yield place, replace(trail, hops=(*trail.hops, *found.hops))


def _without_reference(
    walk: Walk,
    matched: Matched,
    left: list[tuple[Frame, Trail]],
    sites: list[BoundSite],
) -> list[BoundSite]:
    """Give one site per place whose id cannot be read: callers first, else the call itself.

    What only callers out of view could tell is a site of its own where nothing else is known.
    """
    known = {site.place for site in sites}
    on_the_way = {place for each in sites if each.call for place in calls_to(each.call.frame)}
    path = matched.facts.path
    found: dict[Place, BoundSite] = {}
    by_tests: list[Frame] = []
    for inside, trail in left:
        if is_test(called_in(inside, path)):
            by_tests.append(inside)
        elif inside.callers:
            site = unread_site(walk, matched, inside, [trail])
            served = isinstance(trail, Lost) and trail.caller and site.place in on_the_way
            if site.place not in known and not served:
                found.setdefault(site.place, site)
    if not is_test(path):
        found |= _only_tested(walk, matched, by_tests, (*sites, *found.values()))
    if found or sites:
        return list(found.values())
    frame = within(Frame(path, matched.invocation.scope), matched.entered)
    return [unread_site(walk, matched, frame, [trail for _, trail in left])]


def _only_tested(
    walk: Walk, matched: Matched, by_tests: Iterable[Frame], others: Iterable[BoundSite]
) -> dict[Place, BoundSite]:
    """Give a site for each outermost call that is no test's, where a test alone shows its id.

    A call that lies on the way of another site is none.
    """
    on_the_way = {place for each in others if each.call for place in calls_to(each.call.frame)}
    found: dict[Place, BoundSite] = {}
    for frame in map(without_tests, by_tests):
        if frame.callers and not on_the_way.intersection(calls_to(frame)[-1:]):
            site = make_site(walk, matched, frame, _ONLY_TESTS)
            found.setdefault(site.place, site)
    return found


def _points_elsewhere(matched: Matched) -> bool:
    """Whether the client is made for another vendor's host, as far as its address is literal."""
    if matched.receiver is None or matched.receiver.host != "openai":
        return False
    settings = (matched.client.get(name) for name in matched.receiver.base_url)
    addresses = [
        end.expression.value
        for setting in settings
        if setting is not None
        for end in setting.ends
        if isinstance(end.expression, Text) and end.expression.value
    ]
    return bool(addresses) and not any(is_home(each) for each in addresses)
