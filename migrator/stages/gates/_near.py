"""Pick the files in which an id can meet a gate."""

from __future__ import annotations

from collections.abc import Iterable

from migrator.domain.facts import FileFacts
from migrator.domain.route import files_on_route
from migrator.domain.site import BoundSite
from migrator.following.importing import imported_by
from migrator.following.port import Walk


def files_near(
    walk: Walk, files: Iterable[FileFacts], sites: Iterable[BoundSite]
) -> tuple[FileFacts, ...]:
    """Give the files on the way of the sites, those that they import, and whoever imports the id.

    Nobody but the latter can read the very literal from elsewhere.
    """
    files, sites = tuple(files), tuple(sites)
    on_the_way = {path for site in sites for path in files_on_route(site)}
    written = {site.reference.place.path for site in sites if site.reference}
    near = set(on_the_way)
    for path in on_the_way:
        facts = walk.file(path)
        near.update(imported_by(walk, facts) if facts else ())
    return tuple(
        each
        for each in files
        if each.path in near or not written.isdisjoint(imported_by(walk, each))
    )
