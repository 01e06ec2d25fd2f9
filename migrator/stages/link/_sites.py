"""Make the site of a call, as it is read in the frame that the site stands in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import reduce

from migrator.domain.addition import Added
from migrator.domain.run import Run
from migrator.domain.site import BoundCall, BoundSite, Reference, Setting
from migrator.domain.source import last_line
from migrator.domain.surface import Surface
from migrator.domain.trail import Found, Frame, Lost, Trail
from migrator.following.port import Walk
from migrator.stages.link._also_sent import either_settings
from migrator.stages.link._gathered import gather
from migrator.stages.link._matched import Matched
from migrator.stages.link._overlaid import as_run_here, overlaid
from migrator.stages.link._references import why_unread
from migrator.stages.link._said import put_apart, without_over
from migrator.stages.link._set_later import with_added
from migrator.stages.link._settings import read_setting, read_settings
from migrator.stages.link._way_in import outermost


def unread_site(walk: Walk, matched: Matched, frame: Frame, trails: Iterable[Trail]) -> BoundSite:
    """Make a site whose id cannot be read, with the reason and the last hop that could be."""
    reasons = (found for found in map(why_unread, trails) if found)
    reason, hop = next(reasons, ("no value in view reaches it", None))
    return replace(make_site(walk, matched, frame, reason), last_hop=hop)


def make_site(
    walk: Walk,
    matched: Matched,
    frame: Frame,
    reached_by: Reference | str,
    cut: tuple[Lost, ...] = (),
) -> BoundSite:
    """Make a site of the reference that reaches a call, or of the reason why none is known.

    `cut` are the ways that it stands for and that were not followed: what they send is not known.
    """
    call = _bound_call(walk, matched, frame, (*matched.cut, *cut))
    outer = outermost(frame)
    return BoundSite(
        id="",
        place=call.place,
        symbol=outer.caller.symbol if outer else matched.invocation.scope,
        language=matched.facts.language,
        call=call,
        reference=None if isinstance(reached_by, str) else reached_by,
        unresolved=reached_by if isinstance(reached_by, str) else "",
    )


def _bound_call(walk: Walk, matched: Matched, frame: Frame, cut: tuple[Lost, ...]) -> BoundCall:
    call, surface = matched.invocation.call, matched.surface
    arguments, missing = gather(walk, call, frame, matched.shape, surface, matched.holder)
    lost = (*cut, *missing)
    ran = as_run_here(matched.shape.runs, matched.ran, arguments)
    outer = outermost(frame)
    shown, path = (outer.call, outer.caller.path) if outer else (call, matched.facts.path)
    content = walk.source.content(path)
    return BoundCall(
        place=shown.at.within(path),
        end_line=last_line(content, shown.at),
        text=_one_line(content[shown.callee.at.start : shown.callee.at.end]),
        frame=frame,
        invocation=matched.invocation,
        shape=matched.shape,
        surface=matched.surface,
        receiver=matched.receiver,
        client={**matched.client, **_pointed(walk, surface, arguments)},
        settings=_settings(walk, surface, arguments, lost, matched.added, ran),
        arguments=arguments,
        confidence=matched.confidence,
        hosts=matched.hosts,
        redirected=matched.redirected,
        holder=matched.holder,
        alone=matched.alone,
        added=matched.added,
        ran=ran,
        unseen=lost[0].reason if lost else "",
        cut=cut,
    )


def _pointed(walk: Walk, surface: Surface, arguments: Mapping[str, Found]) -> dict[str, Setting]:
    """Read the arguments of the call itself that point it to another host."""
    names = [each for each in surface.base_url if each in arguments]
    return {each: read_setting(walk, arguments[each]) for each in names}


def read_again(walk: Walk, site: BoundSite) -> BoundSite:
    """Give a site with the arguments and settings of its call as another walk reads them."""
    return replace(site, call=_read(walk, site.call)) if site.call else site


def _read(walk: Walk, call: BoundCall) -> BoundCall:
    written = call.invocation.call
    arguments, missing = gather(walk, written, call.frame, call.shape, call.surface, call.holder)
    lost = (*call.cut, *missing)
    ran = as_run_here(call.shape.runs, call.ran, arguments)
    own: Mapping[str, Setting] = _settings(walk, call.surface, arguments, lost, call.added, ran)
    unseen = lost[0].reason if lost else ""
    ways = tuple(_read(walk, each) for each in call.ways)
    settings = reduce(either_settings, (each.settings for each in ways), own)
    return replace(call, arguments=arguments, settings=settings, ran=ran, unseen=unseen, ways=ways)


def _settings(
    walk: Walk,
    surface: Surface,
    arguments: Mapping[str, Found],
    lost: tuple[Lost, ...],
    added: Mapping[str, tuple[Added, ...]],
    ran: Iterable[Run],
) -> dict[str, Setting]:
    made = read_settings(walk, surface, without_over(arguments), lost)
    own = overlaid(walk, surface, made, put_apart(arguments))
    return overlaid(walk, surface, with_added(walk, surface, own, added), ran)


def _one_line(source: bytes) -> str:
    return "".join(source.decode("utf-8", "replace").split())
