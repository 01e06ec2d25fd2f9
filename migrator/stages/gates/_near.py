"""Pick the files in which an id can meet a gate."""

from __future__ import annotations

from collections.abc import Iterable

from migrator.domain.facts import FileFacts
from migrator.domain.route import files_on_route
from migrator.domain.site import BoundSite
from migrator.following.port import Walk


def files_near(
    walk: Walk, files: Iterable[FileFacts], sites: Iterable[BoundSite]
) -> tuple[FileFacts, ...]:
    """Give the files on the way of the sites, and the project's files that those import."""
    on_the_way = {path for site in sites for path in files_on_route(site)}
    near = set(on_the_way)
    for path in on_the_way:
        facts = walk.file(path)
        for each in facts.imports if facts else ():
            inner = (
                walk.source.module(f"{each.module}.{each.symbol}", path) if each.symbol else None
            )
            near |= {found for found in (walk.source.module(each.module, path), inner) if found}
    return tuple(each for each in files if each.path in near)
