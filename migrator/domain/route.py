"""List the files that a site's value passes through, from the reference to the call."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.site import BoundSite
from migrator.domain.trail import Frame


def files_on_route(site: BoundSite) -> Iterator[str]:
    """Yield the paths of the call, of its callers, of what made its object, and of the reference.

    Every hop of the reference counts as well.
    """
    yield site.place.path
    if site.call:
        yield from _frames(site.call.frame)
        for each in site.call.holder.made if site.call.holder else ():
            yield from _frames(each.frame)
    if site.reference:
        yield site.reference.path
        yield from (hop.at.path for hop in site.reference.via)


def _frames(frame: Frame) -> Iterator[str]:
    yield frame.path
    for each in frame.callers:
        yield from _frames(each.caller)
