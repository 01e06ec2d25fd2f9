"""Pick the files in which a definition can be used: its own, and those that import from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from migrator.domain.facts import FileFacts
from migrator.domain.route import files_on_route
from migrator.domain.site import BoundSite
from migrator.following.port import Walk


def files_using(
    walk: Walk, files: Iterable[FileFacts], sites: Iterable[BoundSite]
) -> list[FileFacts]:
    """Give the files on the way of the sites, and every file that imports one of them."""
    on_the_way = {path for site in sites for path in files_on_route(site)}
    return [
        facts
        for facts in files
        if facts.path in on_the_way or on_the_way.intersection(_imported(walk, facts))
    ]


def _imported(walk: Walk, facts: FileFacts) -> Iterator[str]:
    for each in facts.imports:
        for name in (each.module, f"{each.module}.{each.symbol}" if each.symbol else ""):
            found = walk.source.module(name, facts.path) if name else None
            if found:
                yield found
                yield from _handed_on(walk, found, each.symbol)


def _handed_on(walk: Walk, path: str, symbol: str | None) -> Iterator[str]:
    """Look through a package's face: what it imports by that name, it hands on."""
    facts = walk.file(path)
    for each in facts.imports if facts and path.endswith("__init__.py") else ():
        if each.local in {symbol, "*"} or symbol is None:
            inner = walk.source.module(each.module, path)
            if inner:
                yield inner
