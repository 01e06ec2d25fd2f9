"""Pick the files in which a definition can be used: its own, and those that import from them."""

from __future__ import annotations

from collections.abc import Iterable

from migrator.domain.facts import FileFacts
from migrator.domain.route import files_on_route
from migrator.domain.site import BoundSite
from migrator.following.importing import imported_by
from migrator.following.port import Walk


def files_using(
    walk: Walk, files: Iterable[FileFacts], sites: Iterable[BoundSite]
) -> list[FileFacts]:
    """Give the files on the way of the sites, and every file that imports one of them."""
    on_the_way = {path for site in sites for path in files_on_route(site)}
    return [
        facts
        for facts in files
        if facts.path in on_the_way or on_the_way.intersection(imported_by(walk, facts))
    ]
