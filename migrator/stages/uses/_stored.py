"""Find where a definition is set on something that belongs to another library."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.facts import FileFacts
from migrator.domain.other_use import OtherUse, UseKind
from migrator.domain.source import Place
from migrator.domain.trail import Frame
from migrator.following.scopes import FromImport, lookup
from migrator.stages.uses._origins import Origins


def stored(facts: FileFacts, origins: Origins) -> Iterator[tuple[Place, OtherUse]]:
    """Yield the place of each definition set as `library.name = …` or `os.environ[…] = …`."""
    for scope in facts.scopes.values():
        for binding in scope.bindings:
            head, dot, _ = binding.name.partition(".")
            if (
                not dot
                or binding.value is None
                or not _is_outside(facts, scope.symbol, head, origins)
            ):
                continue
            use = OtherUse(
                at=binding.at.within(facts.path), kind=UseKind.STORED, written=binding.name
            )
            for place in origins.of(binding.value, Frame(facts.path, scope.symbol)):
                yield place, use


def _is_outside(facts: FileFacts, symbol: str, head: str, origins: Origins) -> bool:
    found = lookup(facts, symbol, head, None)
    if not isinstance(found, FromImport):
        return False
    source = origins.walk.source
    inside = source.module(found.imported.module, facts.path)
    return inside is None
