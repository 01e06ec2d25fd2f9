"""Lower the changes of the groups that move to the bytes they become."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from migrator.adapters.facts_reader import FactsReader
from migrator.domain.edit import Change, ReplaceModel, Splice
from migrator.domain.rewrite import Rewrite
from migrator.domain.site import DecidedSite, Group
from migrator.domain.source import SourceFile
from migrator.stages.assemble import Drafted
from migrator.stages.draft import draft


def lower_changes(
    groups: Sequence[Group],
    sites: Sequence[DecidedSite],
    rewrites: Sequence[Rewrite],
    reader: FactsReader,
    target: str,
) -> tuple[list[Group], list[Drafted], list[str]]:
    """Give the groups, their lowered changes, and a notice for each group that had to stop.

    A change that cannot be lowered stops its whole group. Prompts, whose words are written
    already, come after the models.
    """
    home = {place: group.id for group in groups for place in group.references}
    places = {
        (written.path, written.at): written.place
        for each in sites
        if each.bound.reference
        for written in each.bound.reference.written
    }
    drafted: list[Drafted] = []
    stuck: dict[str, str] = {}
    for change in draft(groups, sites, target):
        group = home[places[change.path, change.at]]
        splice = _lowered(change, reader)
        if splice is None:
            place = f"{change.path}:{change.at.line}"
            stuck[group] = f"{place}: the id is not written there in one piece; its group stays"
        else:
            drafted.append(Drafted(change, splice, group))
    moving = [replace(g, moves=False) if g.id in stuck else g for g in groups]
    kept = [each for each in drafted if each.group not in stuck]
    return moving, [*kept, *_worded(rewrites, moving)], list(stuck.values())


def _worded(rewrites: Sequence[Rewrite], groups: Sequence[Group]) -> Iterator[Drafted]:
    """Give the prompts of the groups that move, by place."""
    for each in sorted(rewrites, key=lambda one: one.place):
        for group in groups:
            if group.moves and set(each.movers) & set(group.sites):
                yield Drafted(each.change, each.splice, group.id, rewrite=each)
                break


def lower_change(change: Change, source: SourceFile, reader: FactsReader) -> Splice | None:
    """Give the bytes of a change to a file; None where no language can make it."""
    front_end = next((f for f in reader.front_ends if change.path.endswith(f.suffixes)), None)
    return front_end.lower(source, change) if front_end else None


def _lowered(change: ReplaceModel, reader: FactsReader) -> Splice | None:
    source = reader.tree.read(change.path)
    return lower_change(change, source, reader) if isinstance(source, SourceFile) else None
