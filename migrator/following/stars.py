"""Follow a name to the module that it comes from by `from … import *`."""

from __future__ import annotations

from migrator.domain.facts import FileFacts
from migrator.domain.trail import Trail
from migrator.following.port import Walk
from migrator.following.scopes import lookup


def starred(walk: Walk, facts: FileFacts, name: str) -> tuple[Trail, ...]:
    """Follow a name to the module that a file gets it from so; none where there is none."""
    path = _home(walk, facts, name, frozenset({facts.path}))
    return walk.exported(path, name) if path else ()


def _home(walk: Walk, facts: FileFacts, name: str, seen: frozenset[str]) -> str | None:
    """Give the path of that module, over several if need be."""
    for imported in facts.imports:
        path = walk.source.module(imported.module, facts.path) if imported.local == "*" else None
        inner = walk.file(path) if path and path not in seen else None
        if path is None or inner is None:
            continue
        if lookup(inner, "", name, None):
            return path
        home = _home(walk, inner, name, seen | {path})
        if home is not None:
            return home
    return None
