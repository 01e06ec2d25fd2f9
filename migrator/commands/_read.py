"""Read a project: discover in rounds, link, and account for every mention."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from migrator.adapters.facts_reader import FactsReader
from migrator.adapters.repository import OpenedTree
from migrator.domain.config import Config
from migrator.domain.facts import FileFacts
from migrator.domain.identity import ordered_sites
from migrator.domain.mention import Mention
from migrator.domain.playbook import Playbook
from migrator.domain.site import BoundSite
from migrator.domain.source import Skipped, SourceFile
from migrator.following.follow import Follower
from migrator.stages.account import Accounted, account, unbound_sites
from migrator.stages.discover import MOST_ROUNDS, files_using
from migrator.stages.exclude import why_ignored
from migrator.stages.inventory import find_mentions, search_patterns
from migrator.stages.link import Linked, link
from migrator.stages.link.exports import exported_names


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read of a project, before anything is judged.

    `scope` is the folder whose sites are reported, empty for all.
    """

    scope: str
    sites: tuple[BoundSite, ...]
    walk: Follower
    accounted: tuple[Accounted, ...]
    skipped: tuple[Skipped, ...]
    notices: tuple[str, ...]

    def reports(self, path: str) -> bool:
        """Tell whether a path lies in the folder that was asked for."""
        return not self.scope or path.startswith(f"{self.scope}/")


def read_project(
    opened: OpenedTree, reader: FactsReader, playbook: Playbook, config: Config
) -> Reading:
    """Find the sites and mentions of a project."""
    patterns = search_patterns(playbook)
    hits = tuple(opened.tree.search(patterns))
    linked = _link_in_rounds(hits, opened, reader, playbook)
    within = [path for path in hits if not opened.scope or path.startswith(f"{opened.scope}/")]
    sources = [opened.tree.read(path) for path in within]
    mentions = [
        mention
        for source in sources
        if isinstance(source, SourceFile)
        for mention in find_mentions(source, playbook.catalogue)
    ]
    accounted = account(
        mentions,
        linked.sites,
        reader,
        lambda each: why_ignored(each, reader.content(each.path), config),
    )
    return Reading(
        scope=opened.scope,
        sites=ordered_sites((*linked.sites, *unbound_sites(accounted))),
        walk=linked.walk,
        accounted=accounted,
        skipped=_skipped(sources, within, reader, mentions),
        notices=_notices(opened, patterns),
    )


def _link_in_rounds(
    hits: Iterable[str], opened: OpenedTree, reader: FactsReader, playbook: Playbook
) -> Linked:
    """Link, then look for files that use what was found, until nothing new appears."""
    suffixes = reader.program_suffixes
    paths = sorted(path for path in hits if path.endswith(suffixes))
    asked: frozenset[tuple[str, str]] = frozenset()
    linked = link(paths, reader, playbook)
    for _ in range(MOST_ROUNDS - 1):
        wanted = exported_names(linked.sites, facts_of(reader), reader, playbook) - asked
        new = files_using(opened.tree, wanted, suffixes) - set(paths)
        asked |= wanted
        if not new:
            break
        paths = sorted({*paths, *new})
        linked = link(paths, reader, playbook)
    return linked


def _skipped(
    sources: Iterable[SourceFile | Skipped],
    within: Iterable[str],
    reader: FactsReader,
    mentions: Iterable[Mention],
) -> tuple[Skipped, ...]:
    """List what was left out: files that were not read, and those that no front-end could."""
    skipped = {each for each in sources if isinstance(each, Skipped)}
    shown = set(within) | {mention.path for mention in mentions}
    skipped |= {
        each for path, each in reader.opened.items() if isinstance(each, Skipped) and path in shown
    }
    return tuple(sorted(skipped))


def _notices(opened: OpenedTree, patterns: Iterable[str]) -> tuple[str, ...]:
    untracked = opened.untracked(patterns)
    if not untracked:
        return ()
    files = "file names" if untracked == 1 else "files name"
    return (f"{untracked} untracked {files} a model; a plan covers tracked files only",)


def facts_of(reader: FactsReader) -> tuple[FileFacts, ...]:
    """Give the facts of every file that was read."""
    return tuple(each for each in reader.opened.values() if isinstance(each, FileFacts))
