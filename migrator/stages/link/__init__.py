"""Bind references to the calls that run a model, by the playbook's call shapes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from migrator.domain.facts import FileFacts, ScopeKind
from migrator.domain.identity import number_sites
from migrator.domain.playbook import Playbook
from migrator.domain.ports import Facts
from migrator.domain.site import BoundSite
from migrator.following.callers import Callers
from migrator.following.follow import Follower
from migrator.stages.link._bind import bind_call, read_again
from migrator.stages.link._match import Matcher

__all__ = ["Linked", "exported_names", "link", "read_again"]


@dataclass(frozen=True, slots=True)
class Linked:
    """The sites found, and the walk that found them, for the stages that follow on."""

    sites: tuple[BoundSite, ...]
    walk: Follower


def link(paths: Iterable[str], source: Facts, playbook: Playbook) -> Linked:
    """Find every call that runs a model in these files, and each id that can reach it.

    A call that two ids can reach gives two sites; one that no id in view reaches gives one site
    without a reference. «workflow.1.1»
    """
    files = [each for each in (source.facts(path) for path in paths) if isinstance(each, FileFacts)]
    callers = Callers()
    for facts in files:
        callers.add(facts)
    walk = Follower(source, callers)
    matcher = Matcher(playbook, walk)
    sites: list[BoundSite] = []
    for facts in files:
        for invocation in facts.invocations:
            matched = matcher.match(facts, invocation)
            if matched:
                sites += bind_call(walk, facts, matched, playbook.catalogue)
    return Linked(number_sites(sites), walk)


def exported_names(sites: Iterable[BoundSite], source: Facts) -> frozenset[tuple[str, str]]:
    """Name what other files may use of these sites: pairs of module word and exported name.

    These are the functions and classes around each call and the names on the path of its
    reference; a file that uses one holds both words. «workflow.1.1»
    """
    found: set[tuple[str, str]] = set()
    for site in sites:
        places = {(site.place.path, site.symbol)}
        if site.call:
            places.add((site.call.frame.path, site.call.frame.symbol))
        for path, symbol in places:
            facts = source.facts(path)
            if isinstance(facts, FileFacts):
                found |= {(_word(facts.module), name) for name in _public(facts, symbol)}
        if site.reference:
            for hop in site.reference.via:
                facts = source.facts(hop.at.path)
                name = hop.detail.rpartition(".")[2]
                if isinstance(facts, FileFacts) and hop.kind == "assignment" and name:
                    found.add((_word(facts.module), name))
    return frozenset(found)


def _public(facts: FileFacts, symbol: str) -> Iterable[str]:
    scope = facts.scopes.get(symbol)
    while scope is not None and scope.kind is not ScopeKind.MODULE:
        name = scope.symbol.rpartition(".")[2]
        if not name.startswith("__"):
            yield name
        scope = facts.scopes.get(scope.parent or "")


def _word(module: str) -> str:
    return module.rpartition(".")[2]
