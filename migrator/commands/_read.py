"""Read a project: discover in rounds, link, and account for every mention."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from migrator.adapters.facts_reader import FactsReader
from migrator.adapters.repository import OpenedTree
from migrator.domain.config import Config
from migrator.domain.errors import UnreadFilesError
from migrator.domain.facts import FileFacts
from migrator.domain.identity import ordered_sites
from migrator.domain.line_pattern import LinePattern
from migrator.domain.playbook import Playbook
from migrator.domain.pointed import Pointed
from migrator.domain.site import BoundSite
from migrator.domain.source import Skipped, SourceFile
from migrator.domain.wording import agrees, listed, plural
from migrator.following.follow import Follower
from migrator.stages.account import (
    Accounted,
    account,
    as_choice,
    reached_places,
    unbound_sites,
)
from migrator.stages.discover import MOST_ROUNDS, files_using
from migrator.stages.exclude import why_ignored
from migrator.stages.inventory import environment_patterns, find_mentions, search_patterns
from migrator.stages.link import Linked, link, walk_over
from migrator.stages.link.exports import exported_names
from migrator.stages.link.makers import LibraryNames, Makers
from migrator.stages.link.passed import Passed
from migrator.stages.link.registries import registries
from migrator.stages.overrides import overriding_lines

MADE = "generated: its first lines say so"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read of a project, before anything is judged.

    `scope` is the folder whose sites are reported, empty for all. `hits` are the files that a
    search found, `pointed` what the program itself points elsewhere.
    """

    scope: str
    sites: tuple[BoundSite, ...]
    walk: Follower
    accounted: tuple[Accounted, ...]
    skipped: tuple[Skipped, ...]
    notices: tuple[str, ...]
    hits: tuple[str, ...] = ()
    pointed: tuple[Pointed, ...] = ()

    def reports(self, path: str) -> bool:
        """Tell whether a path lies in the folder that was asked for."""
        return not self.scope or path.startswith(f"{self.scope}/")


def read_project(
    opened: OpenedTree, reader: FactsReader, playbook: Playbook, config: Config
) -> Reading:
    """Find the sites and mentions of a project."""
    patterns = search_patterns(playbook)
    hits = opened.tree.search((*patterns, *environment_patterns(playbook)))
    linked = _link_in_rounds(hits, opened, reader, playbook)
    found = _account(hits, linked, opened, reader, playbook, config)
    return Reading(
        scope=opened.scope,
        sites=ordered_sites((*linked.sites, *unbound_sites(found.accounted))),
        walk=linked.walk,
        accounted=found.accounted,
        skipped=found.skipped,
        notices=(*_notices(opened, patterns), *_twins(found.skipped)),
        hits=tuple(hits),
        pointed=linked.pointed,
    )


def _link_in_rounds(
    hits: Iterable[str], opened: OpenedTree, reader: FactsReader, playbook: Playbook
) -> Linked:
    """Link, then look for files that use what was found, until nothing new appears."""
    suffixes = reader.program_suffixes
    paths = frozenset(path for path in hits if path.endswith(suffixes))
    growth = _Growth(opened, reader, playbook, Makers(LibraryNames.of(playbook), reader))
    linked = _linked(paths, reader, playbook)
    for _ in range(MOST_ROUNDS):
        grown = growth.grown(paths, linked)
        if grown == paths:
            break
        paths = grown
        linked = _linked(paths, reader, playbook)
    return linked


def _linked(paths: Iterable[str], reader: FactsReader, playbook: Playbook) -> Linked:
    ordered = sorted(paths)
    reader.prepare(ordered)
    return link(ordered, reader, playbook)


@dataclass(slots=True)
class _Growth:
    """Finds the files that use what was found; `asked` are the names that were looked for."""

    opened: OpenedTree
    reader: FactsReader
    playbook: Playbook
    makers: Makers
    passed: Passed = field(default_factory=Passed)
    asked: frozenset[tuple[str, str]] = frozenset()

    def grown(self, paths: frozenset[str], linked: Linked) -> frozenset[str]:
        """Add to the files that were linked what uses their sites, and what uses that in turn.

        Linking is dear, so the files are linked again when they are all together.
        """
        walk = linked.walk
        for number in range(MOST_ROUNDS):
            new = self._new(linked.sites, walk) - paths
            if not new:
                break
            paths |= new
            self.reader.prepare(sorted(new))
            if number + 1 < MOST_ROUNDS:
                walk = walk_over(sorted(paths), self.reader)
        return paths

    def _new(self, sites: Iterable[BoundSite], walk: Follower) -> frozenset[str]:
        files = facts_of(self.reader)
        self.makers.learn(files)
        homes, entered = registries(sites, walk)
        names = exported_names(sites, files, self.makers, self.reader, self.playbook) | entered
        wanted, self.asked = names - self.asked, self.asked | names
        using = files_using(self.opened.tree, wanted, self.reader.program_suffixes)
        return using | homes | self.passed.files(files, self.makers, walk)


@dataclass(frozen=True, slots=True)
class _Found:
    """The mentions of a project in their buckets, and the files that were left out."""

    accounted: tuple[Accounted, ...]
    skipped: tuple[Skipped, ...]


def _account(
    hits: Mapping[str, Sequence[int]],
    linked: Linked,
    opened: OpenedTree,
    reader: FactsReader,
    playbook: Playbook,
    config: Config,
) -> _Found:
    """Account for the mentions file by file, so that few files are in memory at once."""
    reached = reached_places(linked.sites)
    followed = {path for path, _, _ in reached}
    variables = overriding_lines(linked.sites, opened.tree, hits)
    accounted: list[Accounted] = []
    skipped: set[Skipped] = set()
    for path, lines in hits.items():
        if opened.scope and not path.startswith(f"{opened.scope}/"):
            continue
        source, program = opened.tree.glance(path), reader.is_program(path)
        facts = reader.facts(path) if program or path in followed else None
        unread = (source, facts, reader.opened.get(path))
        skipped |= {each for each in unread if isinstance(each, Skipped)}
        if isinstance(source, SourceFile):
            mentions = find_mentions(source, playbook.catalogue, lines)
            ignored = partial(why_ignored, content=source.content, config=config)
            found = account(source, mentions, facts, reached, ignored, linked.walk, program=program)
            accounted += [as_choice(each, variables) for each in found]
    return _Found(tuple(accounted), tuple(sorted(skipped)))


def _notices(opened: OpenedTree, patterns: Iterable[LinePattern]) -> tuple[str, ...]:
    wanted = tuple(patterns)
    notices = []
    untracked = opened.untracked(wanted)
    if untracked:
        files = "file names" if untracked == 1 else "files name"
        notices.append(f"{untracked} untracked {files} a model; a plan covers tracked files only")
    for path, count in opened.submodules(wanted).items():
        what = "is not checked out and was not looked into"
        if count is not None:
            what = f"names a model in {plural(count, 'file')}; plan it by itself"
        notices.append(f"submodule {path} {what}")
    return tuple(notices)


def _twins(skipped: Iterable[Skipped]) -> Iterator[str]:
    """Name the generated files that hold an id: each is made anew, never edited."""
    made = [each.path for each in skipped if each.reason == MADE]
    if made:
        said = agrees(len(made), "is generated and names", "are generated and name")
        them = agrees(len(made), "it", "them")
        yield f"{listed(made, 5)} {said} a model: make {them} anew after a change"


def facts_of(reader: FactsReader) -> tuple[FileFacts, ...]:
    """Give the facts of every file that was read."""
    return tuple(each for each in reader.opened.values() if isinstance(each, FileFacts))


def refuse_unread(skipped: Iterable[Skipped]) -> None:
    """Raise UnreadFilesError when any of the files that were left out could not be read."""
    unread = [each for each in skipped if each.unread]
    if unread:
        listed = "; ".join(f"{each.path}: {each.reason}" for each in unread[:5])
        raise UnreadFilesError(
            f"{len(unread)} files could not be read: {listed}",
            "mend or exclude them, or plan without --strict",
        )
