"""Keep one site of each call and id, however many ways lead from the one to the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from migrator.domain.site import BoundSite
from migrator.stages.link._also_sent import also_sending


def one_way_each(sites: Iterable[BoundSite]) -> Iterable[BoundSite]:
    """Keep one site of those that differ only in the way from caller to call: the shortest.

    It is judged by all that is sent, whichever way the call is reached.
    A call that may be answered by several hosts is judged by OpenAI's own, and knows of the others.
    """
    kept: dict[object, BoundSite] = {}
    for site in sorted(sites, key=_length):
        inner = site.call.invocation.call.at if site.call else None
        where = site.call.frame.path if site.call else ""
        reference = site.reference.place if site.reference else None
        key = (site.place, reference, where, inner, _object_run(site))
        kept[key] = _both(kept[key], site) if key in kept else site
    return kept.values()


def _object_run(site: BoundSite) -> object:
    """Tell apart the sites of a call that runs several objects."""
    holder = site.call.holder if site.call and site.call.shape.runs else None
    return tuple((each.frame.path, each.call.at) for each in holder.made) if holder else ()


def _both(kept: BoundSite, other: BoundSite) -> BoundSite:
    if kept.call is None or other.call is None:
        return kept
    if kept.call.hosts == other.call.hosts:
        return replace(kept, call=also_sending(kept.call, other.call))
    hosts = tuple(sorted({*kept.call.hosts, *other.call.hosts}))
    of_openai = [each for each in (kept.call, other.call) if each.hosts == ("openai",)]
    shown = next(iter(of_openai), kept.call)
    unshown = kept.call if shown is other.call else other.call
    call = replace(also_sending(shown, unshown), hosts=hosts)
    return replace(other if shown is other.call else kept, call=call)


def _length(site: BoundSite) -> int:
    """Count the callers on the way, and the hops of the reference."""
    frame, length = site.call.frame if site.call else None, 0
    while frame is not None and frame.callers:
        frame, length = frame.callers[-1].caller, length + 1
    return length * 100 + (len(site.reference.via) if site.reference else 0)
