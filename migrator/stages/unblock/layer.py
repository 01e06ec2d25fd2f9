"""Write fixes and the second plan's edits down as one layer that counts in today's bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypedDict

from migrator.domain.edit import EditKind, Splice
from migrator.domain.plan import FreedSite, Plan, PlanEdit, Requirement
from migrator.domain.site import Group
from migrator.domain.source import locate
from migrator.domain.unblock import Draft, Fix, LoweredFix


class Layer(TypedDict):
    """The parts of an unblocking that are there once edits are proved."""

    frees: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    sites: tuple[FreedSite, ...]
    edits: tuple[PlanEdit, ...]


@dataclass(frozen=True, slots=True)
class _Owned:
    """An edit with the sites that it is made for."""

    edit: PlanEdit
    sites: tuple[str, ...]


def layer(
    draft: Draft,
    lowered: Sequence[LoweredFix],
    second: Plan,
    base: Mapping[str, bytes],
    groups: Sequence[Group],
) -> Layer:
    """Give the edits of the freed `groups`: the fixes, and what the second plan then changes.

    `base` holds the bytes, without the fixes, of each file that an edit is in.
    """
    home = {site: group.id for group in groups for site in group.sites}
    found = [*_fixes(lowered, base, home), *_swaps(second, lowered, base, home)]
    found.sort(key=lambda each: (each.edit.path, each.edit.start, each.edit.end))
    numbered = [
        replace(each, edit=replace(each.edit, id=f"u{number}"))
        for number, each in enumerate(found, 1)
    ]
    return Layer(
        frees=draft.moves,
        groups=_joined(groups, home, numbered),
        sites=tuple(_freed(second, home, numbered)),
        edits=tuple(each.edit for each in numbered),
    )


def _fixes(
    lowered: Iterable[LoweredFix], base: Mapping[str, bytes], home: Mapping[str, str]
) -> Iterator[_Owned]:
    for each in lowered:
        path, splice = each.fix.change.path, each.splice
        own = tuple(site for site in each.fix.sites if site in home)
        edit = PlanEdit(
            id="",
            path=path,
            line=locate(base[path], splice.start, splice.end).line,
            start=splice.start,
            end=splice.end,
            before=splice.before.decode(),
            after=splice.after.decode(),
            kind=EditKind.UNBLOCK,
            group=home[own[0]],
            with_swap=each.fix.with_swap,
            rules=each.fix.rules,
            needs=_requirement(each.fix),
        )
        yield _Owned(edit, own)


def _requirement(fix: Fix) -> Requirement | None:
    if fix.library is None:
        return None
    return Requirement(
        package=fix.library.name,
        since=fix.since,
        stated=str(fix.library),
        path=fix.library.at.path if fix.library.at else "",
    )


def _swaps(
    second: Plan,
    lowered: Sequence[LoweredFix],
    base: Mapping[str, bytes],
    home: Mapping[str, str],
) -> Iterator[_Owned]:
    """Give the second plan's edits of the freed sites, at their places before the fixes."""
    for edit in second.edits:
        own = tuple(each.id for each in second.sites if edit.id in each.edits and each.id in home)
        if own:
            splices = [each.splice for each in lowered if each.fix.change.path == edit.path]
            start = _before(edit.start, splices)
            end = _before(edit.end, splices)
            line = locate(base[edit.path], start, end).line
            moved = replace(edit, line=line, start=start, end=end, group=home[own[0]])
            yield _Owned(moved, own)


def _before(offset: int, splices: Iterable[Splice]) -> int:
    """Give where a byte of the edited file stood before; it lies in none of the edits."""
    grown = 0
    for each in sorted(splices, key=lambda one: one.start):
        if each.start + grown + len(each.after) <= offset:
            grown += len(each.after) - len(each.before)
    return offset - grown


def _joined(
    groups: Sequence[Group], home: Mapping[str, str], owned: Iterable[_Owned]
) -> tuple[tuple[str, ...], ...]:
    """Put together the groups that one edit is made for."""
    together = {each.id: {each.id} for each in groups}
    for each in owned:
        shared = set[str]().union(*(together[home[site]] for site in each.sites))
        together |= dict.fromkeys(shared, shared)
    sets = {id(each): each for each in together.values()}.values()
    return tuple(tuple(each.id for each in groups if each.id in one) for one in sets)


def _freed(second: Plan, home: Mapping[str, str], owned: Sequence[_Owned]) -> Iterator[FreedSite]:
    for site in second.sites:
        if site.id in home:
            yield FreedSite(
                site=site.id,
                outcome=site.outcome,
                why=site.why,
                clause=site.clause,
                prompt_edit=site.prompt_edit,
                effort=site.effort,
                edits=tuple(each.edit.id for each in owned if site.id in each.sites),
            )
