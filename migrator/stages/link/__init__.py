"""Bind references to the calls that run a model, by the playbook's call shapes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from migrator.domain.facts import FileFacts
from migrator.domain.identity import number_sites
from migrator.domain.playbook import Playbook
from migrator.domain.pointed import Pointed
from migrator.domain.ports import Facts
from migrator.domain.site import BoundSite
from migrator.following.callers import Callers
from migrator.following.follow import Follower
from migrator.following.graphs import graphs_of
from migrator.stages.link._bind import bind_call
from migrator.stages.link._match import Matcher
from migrator.stages.link._mirrors import Mirrors
from migrator.stages.link._on_objects import on_objects
from migrator.stages.link._one_way import one_way_each
from migrator.stages.link._pointing import pointing
from migrator.stages.link._repointed import find_changes
from migrator.stages.link._sites import read_again

CLAUSES = (
    "workflow.1.1",
    "scope.3",
)

__all__ = ["Linked", "link", "read_again", "walk_over"]


@dataclass(frozen=True, slots=True)
class Linked:
    """The sites found, and the walk that found them, for the stages that follow on.

    `pointed` are the places of the program that may point all calls of a library elsewhere.
    """

    sites: tuple[BoundSite, ...]
    walk: Follower
    pointed: tuple[Pointed, ...] = ()


def walk_over(paths: Iterable[str], source: Facts) -> Follower:
    """Give a walk that knows the calls of these files."""
    callers = Callers()
    for facts in _facts(paths, source):
        callers.add(facts)
    walk = Follower(source, callers)
    callers.graphs = graphs_of(walk)
    return walk


def link(paths: Iterable[str], source: Facts, playbook: Playbook) -> Linked:
    """Find every call that runs a model in these files, and each id that can reach it.

    A call that two ids can reach gives two sites; one that no id in view reaches gives one site
    without a reference. «workflow.1.1»
    """
    ordered = tuple(paths)
    files, walk = _facts(ordered, source), walk_over(ordered, source)
    changes = find_changes(files, playbook.pointed_by)
    matcher = Matcher(playbook, walk, changes)
    matcher.take_in(files)
    found = [m for facts in files for each in facts.invocations for m in matcher.match(facts, each)]
    matcher.runs.take_in(found)
    every = (each for matched in found for each in on_objects(walk, matched, matcher))
    sites = [site for each in every for site in bind_call(walk, each, matcher)]
    sites += _alone(files, walk, matcher, sites)
    bound = number_sites(Mirrors(walk).added(one_way_each(sites)))
    return Linked(bound, walk, tuple(pointing(walk, changes, playbook.pointed_by)))


def _facts(paths: Iterable[str], source: Facts) -> list[FileFacts]:
    return [each for each in (source.facts(path) for path in paths) if isinstance(each, FileFacts)]


def _alone(
    files: Iterable[FileFacts], walk: Follower, matcher: Matcher, sites: Iterable[BoundSite]
) -> list[BoundSite]:
    """Give the sites of objects that hold a model which no call in view runs."""
    calls = [each.call for each in sites if each.call and each.call.holder]
    made = {(m.frame.path, m.call.at) for c in calls if c.holder for m in c.holder.made}
    reached = {each.reference.place for each in sites if each.reference}
    found: list[BoundSite] = []
    for facts in files:
        for invocation in facts.invocations:
            matched = matcher.match_making(facts, invocation)
            if matched is None:
                continue
            used = (facts.path, invocation.call.at) in made
            found += [
                each
                for each in bind_call(walk, matched, matcher)
                if (each.reference.place not in reached if each.reference else not used)
            ]
    return found
