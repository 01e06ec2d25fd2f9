"""Group what stops sites into the smallest tasks that free them «blocked.9»."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from migrator.domain.finding import Finding, Severity, Size, SizeKind
from migrator.domain.plan import FollowUp, JointFollowUps
from migrator.domain.site import DecidedSite, Group, Hold, JudgedSite, Outcome
from migrator.domain.source import Place
from migrator.domain.trail import Confidence
from migrator.domain.wording import listed

CLAUSES = (
    "blocked.8",
    "blocked.9",
)

HARD = frozenset({Severity.BLOCKS, Severity.UNSETTLED})
Again: TypeAlias = Callable[[JudgedSite], DecidedSite]

_MOVING = frozenset({Hold.MOVES, Hold.FOLLOWS})
_CLEAR = frozenset({Outcome.STRING_ONLY, Outcome.LIGHT_REWRITE})
_ID_LENGTH = 8
_MOST_PLACES = 4
_SEVERAL = 2
# What a task of each kind has no business with: the rest of the site is the upgrade's own.
_KEEP: Mapping[SizeKind | None, str] = {
    SizeKind.PARAMETER: "the model id, the prompt and every other argument of the call",
    SizeKind.GATE: "the entries that are there: what was recorded under old ids still needs them",
    SizeKind.DEPLOYMENT: "the deployment that serves the calls today, until the new one is checked",
    SizeKind.SDK: "model ids and prompts: they move afterwards, by the next plan",
    SizeKind.API: "the model id, and the words of the prompt",
    SizeKind.TOOLING: "the application: its calls do not depend on this tool's own settings",
    SizeKind.DESIGN: "the model id, and the words of the prompt",
    None: "anything: this is a question to settle, not code to change",
}


@dataclass(frozen=True, slots=True)
class _Cause:
    """A root cause: one remedy of one rule at one place."""

    rule: str
    remedy: str
    root: Place


def follow_ups(
    sites: Sequence[DecidedSite], groups: Sequence[Group], again: Again
) -> tuple[FollowUp, ...]:
    """Give one task per root cause, those that free most first.

    What a task frees is found out by deciding again without its findings: the sites that would
    then move, those of their group that only waited among them. `again` decides one site.
    """
    needing: defaultdict[_Cause, dict[str, DecidedSite]] = defaultdict(dict)
    for site in sites:
        for finding in site.judged.findings:
            if _is_work(finding):
                needing[_cause(finding)].setdefault(site.bound.id, site)
    homes = _Homes(sites, groups)
    tasks = [_task(cause, members, homes, again) for cause, members in needing.items()]
    return tuple(sorted(tasks, key=lambda each: (-len(each.frees), -len(each.sites), each.task)))


def joint_follow_ups(
    sites: Sequence[DecidedSite], groups: Sequence[Group], again: Again
) -> tuple[JointFollowUps, ...]:
    """Give the sets of tasks that free sites only together, those that free most first.

    A group waits for every task of every site that holds it; one that then still asks for a yes
    is in no set.
    """
    by_id = {each.bound.id: each for each in sites}
    homes = _Homes(sites, groups)
    found: defaultdict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
    for group in groups:
        holders = [by_id[each] for each in group.held_by]
        work = {each.bound.id: _all_work(each) for each in holders}
        needed = {_identity(_cause(each)) for findings in work.values() for each in findings}
        if group.moves or len(needed) < _SEVERAL:
            continue
        changed = {
            each.bound.id: again(each.judged.without(work[each.bound.id])).hold for each in holders
        }
        found[tuple(sorted(needed))].update(dict.fromkeys(homes.freed(changed)))
    sets = [JointFollowUps(tasks=each, frees=tuple(freed)) for each, freed in found.items()]
    return tuple(
        sorted(
            (each for each in sets if each.frees), key=lambda each: (-len(each.frees), each.tasks)
        )
    )


def releases(
    groups: Sequence[Group], sites: Sequence[DecidedSite]
) -> Mapping[str, tuple[str, ...]]:
    """Say for each held group what would free it: its holders' tasks or questions."""
    by_id = {each.bound.id: each for each in sites}
    return {
        group.id: tuple(_releasing([by_id[each] for each in group.held_by]))
        for group in groups
        if group.held_by
    }


def _releasing(holders: Sequence[DecidedSite]) -> Iterator[str]:
    """Yield `places: remedy`, each remedy once."""
    places: dict[str, dict[str, None]] = {}
    for site in holders:
        for remedy in _frees(site):
            places.setdefault(remedy, {})[f"{site.bound.place.path}:{site.bound.place.line}"] = None
    for remedy, found in places.items():
        yield f"{listed(tuple(found), _MOST_PLACES)}: {remedy}"


class _Homes:
    """The groups by the sites in them."""

    def __init__(self, sites: Sequence[DecidedSite], groups: Sequence[Group]) -> None:
        self._holds = {each.bound.id: each.hold for each in sites}
        self._groups: dict[str, Group] = {site: each for each in groups for site in each.sites}

    def freed(self, changed: Mapping[str, Hold]) -> tuple[str, ...]:
        """Give the sites that move once these hold otherwise, and do not move today."""
        held = (self._groups[site] for site in changed if site in self._groups)
        homes = {each.id: each for each in held}
        return tuple(
            site
            for home in homes.values()
            if not home.moves and self._moves(home, changed)
            for site in home.sites
            if changed.get(site, self._holds.get(site)) in _MOVING
        )

    def _moves(self, group: Group, changed: Mapping[str, Hold]) -> bool:
        if any(changed.get(each, Hold.HOLDS) is Hold.HOLDS for each in group.held_by):
            return False
        holds = [changed.get(each, self._holds.get(each)) for each in group.sites]
        return Hold.MOVES in holds


def _task(
    cause: _Cause, members: Mapping[str, DecidedSite], homes: _Homes, again: Again
) -> FollowUp:
    own = {key: _of(cause, site.judged.findings) for key, site in members.items()}
    changed = {key: again(site.judged.without(own[key])).hold for key, site in members.items()}
    finding = next(iter(own.values()))[0]
    where = f"{cause.root.path}:{cause.root.line}"
    return FollowUp(
        id=_identity(cause),
        task=f"{where}: {cause.remedy}",
        rule=cause.rule,
        clause=finding.clause,
        why=finding.message,
        place=where,
        shows_at=_shows_at(cause.root, own.values()),
        keep=_KEEP[finding.size.kind if finding.size else None],
        size=_largest(own.values()),
        sites=tuple(members),
        frees=homes.freed(changed),
        acceptance=f"migrate follow-ups --check {cause.rule}:{cause.root.path}",
        source=finding.source,
    )


def _shows_at(root: Place, findings: Iterable[Sequence[Finding]]) -> tuple[str, ...]:
    """List where the cause shows, besides at its root."""
    places = {each.at for found in findings for each in found}
    home = (root.path, root.line)
    lines = sorted({(each.path, each.line) for each in places} - {home})
    return tuple(f"{path}:{line}" for path, line in lines)


def _largest(findings: Iterable[Sequence[Finding]]) -> Size | None:
    sizes = [each.size for found in findings for each in found if each.size]
    return max(sizes, key=lambda each: each.edits, default=None)


def _of(cause: _Cause, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(each for each in findings if _is_work(each) and _cause(each) == cause)


def _all_work(site: DecidedSite) -> tuple[Finding, ...]:
    return tuple(each for each in site.judged.findings if _is_work(each))


def _cause(finding: Finding) -> _Cause:
    return _Cause(finding.rule, finding.follow_up, finding.cause)


def _identity(cause: _Cause) -> str:
    text = f"{cause.rule}\n{cause.remedy}\n{cause.root.path}:{cause.root.line}"
    return hashlib.sha256(text.encode()).hexdigest()[:_ID_LENGTH]


def _frees(site: DecidedSite) -> tuple[str, ...]:
    work = [each.follow_up for each in _all_work(site)]
    return tuple(work) or (_path_to_confirm(site) or site.why,)


def _path_to_confirm(site: DecidedSite) -> str:
    """Ask for the likely step of a site that would move if the way to its call were certain."""
    reference = site.bound.reference
    if site.outcome not in _CLEAR or site.hold is not Hold.HOLDS or reference is None:
        return ""
    if reference.at is None:
        return "write the id in one piece: it is put together from several"
    for hop in reference.via:
        if hop.confidence is not Confidence.CERTAIN:
            where = f"{hop.kind.value} at {hop.at.path}:{hop.at.line}"
            return f"confirm the site if its id comes this way: {where} is likely alone"
    return "confirm the site if its call is one of the library's: what it is called on is not seen"


def _is_work(finding: Finding) -> bool:
    return finding.severity in HARD and bool(finding.follow_up)
