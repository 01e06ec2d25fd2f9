"""Group what blocks sites into the smallest tasks that free them. «blocked.9»."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from migrator.domain.finding import Finding, Severity
from migrator.domain.plan import FollowUp
from migrator.domain.site import DecidedSite, Group

HARD = frozenset({Severity.BLOCKS, Severity.UNSETTLED})


def follow_ups(sites: Sequence[DecidedSite]) -> tuple[FollowUp, ...]:
    """Give one task per root cause: the same fix at the same place, however many sites need it.

    A task frees the sites that nothing else blocks. Tasks that free most come first.
    """
    needing: defaultdict[tuple[str, str, str], list[DecidedSite]] = defaultdict(list)
    for site in sites:
        for finding in {each for each in site.judged.findings if _is_work(each)}:
            where = f"{finding.at.path}:{finding.at.line}"
            needing[(finding.rule, finding.follow_up, where)].append(site)
    tasks = [_task(key, members) for key, members in needing.items()]
    return tuple(sorted(tasks, key=lambda each: (-len(each.frees), -len(each.sites), each.task)))


def releases(
    groups: Sequence[Group], sites: Sequence[DecidedSite]
) -> Mapping[str, tuple[str, ...]]:
    """Say for each held group what would free it: its holders' tasks or questions."""
    by_id = {each.bound.id: each for each in sites}
    return {
        group.id: tuple(
            dict.fromkeys(line for each in group.held_by for line in _frees(by_id[each]))
        )
        for group in groups
        if group.held_by
    }


def _frees(site: DecidedSite) -> tuple[str, ...]:
    place = f"{site.bound.place.path}:{site.bound.place.line}"
    work = [each for each in site.judged.findings if _is_work(each)]
    if work:
        return tuple(f"{place}: {each.follow_up}" for each in work)
    return (f"{place}: {site.why}",)


def _is_work(finding: Finding) -> bool:
    return finding.severity in HARD and bool(finding.follow_up)


def _task(key: tuple[str, str, str], members: Sequence[DecidedSite]) -> FollowUp:
    rule, text, where = key
    ids = tuple(dict.fromkeys(each.bound.id for each in members))
    frees = tuple(
        each.bound.id
        for each in members
        if sum(one.severity in HARD for one in each.judged.findings) == 1
    )
    return FollowUp(
        task=f"{where}: {text}",
        rule=rule,
        sites=ids,
        frees=tuple(dict.fromkeys(frees)),
        acceptance=f"migrate plan lists no {rule} finding at {where}",
    )
