"""Find the files of the registries that sites are entered in, and who may use them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from migrator.domain.expression import Call
from migrator.domain.facts import FileFacts, ScopeKind
from migrator.domain.site import BoundSite
from migrator.following.aliases import called_name
from migrator.following.port import Walk

Pair = tuple[str, str]


def registries(sites: Iterable[BoundSite], walk: Walk) -> tuple[frozenset[str], frozenset[Pair]]:
    """Give the paths, and pairs of module word and name: a file that uses one holds both.

    Named are the containers, the objects that keep one, and the functions of their modules that
    may give out what is in it.
    """
    found = {
        each
        for path, symbol in {place for site in sites for place in _around(site, walk)}
        for each in walk.callers.registering(walk, path, symbol)
    }
    pairs: set[Pair] = set()
    for path, name in found:
        facts = walk.file(path)
        if facts is not None:
            word = facts.module.rpartition(".")[2]
            pairs |= {(word, each) for each in _public(facts, name)}
    return frozenset(path for path, _ in found), frozenset(pairs)


def _around(site: BoundSite, walk: Walk) -> Iterator[tuple[str, str]]:
    """Give the functions and classes around a call, from the inside out."""
    path, symbol = (
        (site.call.frame.path, site.call.frame.symbol)
        if site.call
        else (site.place.path, site.symbol)
    )
    facts = walk.file(path)
    scope = facts.scopes.get(symbol) if facts else None
    while facts is not None and scope is not None and scope.kind is not ScopeKind.MODULE:
        yield path, scope.symbol
        scope = facts.scopes.get(scope.parent or "")


def _public(facts: FileFacts, name: str) -> Iterator[str]:
    yield name
    for each in facts.scopes[""].bindings:
        if isinstance(each.value, Call) and called_name(each.value.callee) == name:
            yield each.name
    for scope in facts.scopes.values():
        if scope.kind is ScopeKind.FUNCTION and scope.parent == "" and scope.returns:
            yield scope.symbol
