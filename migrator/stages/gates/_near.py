"""Pick the files in which an id can meet a gate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from migrator.domain.facts import FileFacts
from migrator.domain.site import BoundSite
from migrator.domain.trail import Frame
from migrator.following.port import Walk


def files_near(
    walk: Walk, files: Iterable[FileFacts], sites: Iterable[BoundSite]
) -> tuple[FileFacts, ...]:
    """Give the files on the way of the sites, and the project's files that those import."""
    on_the_way = {path for site in sites for path in _paths(site)}
    near = set(on_the_way)
    for path in on_the_way:
        facts = walk.file(path)
        for each in facts.imports if facts else ():
            inner = (
                walk.source.module(f"{each.module}.{each.symbol}", path) if each.symbol else None
            )
            near |= {found for found in (walk.source.module(each.module, path), inner) if found}
    return tuple(each for each in files if each.path in near)


def _paths(site: BoundSite) -> Iterator[str]:
    yield site.place.path
    if site.call:
        yield from _frames(site.call.frame)
    if site.reference:
        yield site.reference.path
        yield from (hop.at.path for hop in site.reference.via)


def _frames(frame: Frame) -> Iterator[str]:
    yield frame.path
    for each in frame.callers:
        yield from _frames(each.caller)
