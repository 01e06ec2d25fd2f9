"""Tell which files of the repository a program loads: those that it imports at any depth."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.facts import FileFacts
from migrator.following.port import Walk

MOST_FILES = 400


def loaded_from(walk: Walk, path: str) -> frozenset[str] | None:
    """Give a file and all that it imports, at any depth; None where those are too many to read.

    With a module come the packages around it. What is loaded by its name alone is not seen.
    """
    found: dict[str, None] = {path: None}
    fresh = [path]
    while fresh:
        if len(found) > MOST_FILES:
            return None
        facts = walk.file(fresh.pop())
        for each in _imports(walk, facts) if facts is not None else ():
            if each not in found:
                found[each] = None
                fresh.append(each)
    return frozenset(found)


def _imports(walk: Walk, facts: FileFacts) -> Iterator[str]:
    names: dict[str, None] = {}
    for each in facts.imports:
        parts = each.module.split(".")
        names |= dict.fromkeys(".".join(parts[:end]) for end in range(1, len(parts) + 1))
        if each.symbol is not None:
            names[f"{each.module}.{each.symbol}"] = None
    for name in names:
        path = walk.source.module(name, facts.path)
        if path is not None:
            yield path
