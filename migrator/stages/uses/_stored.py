"""Find where a definition is set on something that belongs to another library."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrator.domain.expression import Expression, Member, Name, Table, Text
from migrator.domain.facts import FileFacts, ScopeKind
from migrator.domain.other_use import OtherUse, UseKind
from migrator.domain.source import Place
from migrator.domain.trail import Frame, Outside
from migrator.following.scopes import FromImport, lookup
from migrator.following.stores import is_kept
from migrator.stages.uses._origins import Origins

_RUNNERS = re.compile(r"Agent|LLM|Chat(?!Request|Response)|Completion|Signature|Crew")
Values = frozenset[tuple[str, int]]
_REQUEST = frozenset({"messages", "prompt", "input", "temperature", "max_tokens", "tools"})


def stored(facts: FileFacts, origins: Origins, judged: Values) -> Iterator[tuple[Place, OtherUse]]:
    """Yield the place of each definition set as `library.name = …` or `os.environ[…] = …`."""
    yield from _tables(facts, origins, judged)
    yield from _inherited(facts, origins)
    for scope in facts.scopes.values():
        for binding in scope.bindings:
            head, dot, _ = binding.name.partition(".")
            if (
                not dot
                or binding.value is None
                or is_kept(binding)
                or not _is_outside(facts, scope.symbol, head, origins)
            ):
                continue
            use = OtherUse(
                at=binding.at.within(facts.path), kind=UseKind.STORED, written=binding.name
            )
            for place in origins.of(binding.value, Frame(facts.path, scope.symbol)):
                yield place, use


def _tables(facts: FileFacts, origins: Origins, judged: Values) -> Iterator[tuple[Place, OtherUse]]:
    """Yield tables that have the id as a key, or that are given back in the form of a request."""
    for scope in facts.scopes.values():
        frame = Frame(facts.path, scope.symbol)
        for binding in scope.bindings:
            if isinstance(binding.value, Table):
                at = binding.at.within(facts.path)
                keys = (e.key for e in binding.value.entries if isinstance(e.key, Name | Member))
                use = OtherUse(at=at, kind=UseKind.KEYED, written=binding.name)
                yield from ((place, use) for key in keys for place in origins.of(key, frame))
        for value in scope.returns:
            if isinstance(value, Table) and _is_request(facts.path, value, judged):
                at = value.at.within(facts.path)
                use = OtherUse(at=at, kind=UseKind.GIVEN, written="a request made by hand")
                yield from ((place, use) for place in origins.of(value, frame))


def _inherited(facts: FileFacts, origins: Origins) -> Iterator[tuple[Place, OtherUse]]:
    """Yield the fields that a class of another library, by its name one that runs models, reads."""
    for scope in facts.scopes.values():
        if scope.kind is not ScopeKind.CLASS or not any(_runs(each) for each in scope.bases):
            continue
        frame = Frame(facts.path, scope.symbol)
        ends = [e for b in scope.bases for e in origins.walk.follow(b, frame)]
        if not any(isinstance(end, Outside) for end in ends):
            continue
        for binding in scope.bindings:
            if binding.value is not None:
                name = f"{scope.symbol}.{binding.name}"
                at = binding.at.within(facts.path)
                use = OtherUse(at=at, kind=UseKind.STORED, written=name)
                yield from ((place, use) for place in origins.of(binding.value, frame))


def _runs(base: Expression) -> bool:
    name = base.name if isinstance(base, Name | Member) else ""
    return bool(_RUNNERS.search(name))


def _is_request(path: str, table: Table, judged: Values) -> bool:
    keys = {each.key.value for each in table.entries if isinstance(each.key, Text)}
    start, end = table.at.start, table.at.end
    known = any(where == path and start <= at < end for where, at in judged)
    return bool(keys & _REQUEST) and not known


def _is_outside(facts: FileFacts, symbol: str, head: str, origins: Origins) -> bool:
    found = lookup(facts, symbol, head, None)
    if not isinstance(found, FromImport):
        return False
    source = origins.walk.source
    inside = source.module(found.imported.module, facts.path)
    return inside is None
