"""Tell which files of the project a file imports, by whatever face they are handed on."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.facts import FileFacts
from migrator.following.port import Walk


def imported_by(walk: Walk, facts: FileFacts) -> Iterator[str]:
    """Yield the paths of the modules that a file imports, or imports a name from."""
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
