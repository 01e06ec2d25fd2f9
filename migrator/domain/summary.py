"""Sum a plan up: the facts that its reports render, without a word of layout."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar, assert_never

from migrator.domain.edit import EditKind
from migrator.domain.finding import Severity, Size
from migrator.domain.plan import Plan, PlanEdit, PlanGroup
from migrator.domain.plan_site import PlanFinding, PlanSite
from migrator.domain.site import ROLE_ASKS, Ask, Hold, Outcome
from migrator.domain.wording import agrees, plural

Key = TypeVar("Key")

# What it finds is told as a change of default effort, site by site.
EFFORT_RULE = "R07"
# What it notes is told where a person is asked about an id.
ID_RULE = "R71"


class Lane(StrEnum):
    """What a reader can do about a site; every site is in exactly one lane."""

    MOVES = "moves"
    HELD = "held"  # would move, and waits for its group
    ONE_LINE = "one_line"  # blocked; one place in the code frees it
    WORK = "work"
    UNKNOWN = "unknown"
    ANSWER = "answer"  # a person has to say yes to the id
    ROLE = "role"  # asks for nothing but its role
    STAYS = "stays"


@dataclass(frozen=True, slots=True)
class Cause:
    """Why sites do not move: the smallest task, or the reason where there is none.

    `size` is how large that task is, where it is work on code.
    """

    rule: str
    text: str
    size: Size | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """The sites of a plan by lane, each lane ordered by path and line.

    `holders` maps each site that waits to the sites that hold its group.
    """

    plan: Plan
    lanes: Mapping[Lane, tuple[PlanSite, ...]]
    holders: Mapping[str, tuple[PlanSite, ...]]

    def sites(self, *lanes: Lane) -> tuple[PlanSite, ...]:
        """Give the sites of these lanes, ordered by path and line."""
        return ordered(site for lane in lanes for site in self.lanes[lane])

    def reason(self, site: PlanSite) -> str:
        """Say why a site does not move: who holds it, or else its own reason."""
        holders = [each for each in self.holders.get(site.id, ()) if each.id != site.id]
        if not holders:
            return site.why
        more = f" and {len(holders) - 1} more" if len(holders) > 1 else ""
        return f"held by {place(holders[0])}{more}: {holders[0].why}"

    def freed_with(self, sites: Iterable[PlanSite]) -> tuple[PlanSite, ...]:
        """Give the sites that wait for these alone; none for one that also waits for an answer."""
        able = {site.id for site in sites if not _is_open(site)}
        return tuple(
            site
            for site in self.lanes[Lane.HELD]
            if (held := self.holders.get(site.id)) and able.issuperset(each.id for each in held)
        )

    def held_groups(self) -> tuple[PlanGroup, ...]:
        """Give the groups in which at least one site would move and waits."""
        waiting = {site.id for site in self.lanes[Lane.HELD]}
        groups = (group for group in self.plan.groups if waiting.intersection(group.sites))
        return tuple(sorted(groups, key=lambda group: (group.references, group.id)))


def summarise(plan: Plan) -> Summary:
    """Put every site of the plan in its lane."""
    edited = {edit.group for edit in plan.edits}
    carried = {site for group in plan.groups if group.id in edited for site in group.sites}
    lanes: dict[Lane, list[PlanSite]] = {lane: [] for lane in Lane}
    for site in ordered(plan.sites):
        lanes[_lane(site, carried=site.id in carried)].append(site)
    return Summary(
        plan,
        {lane: tuple(sites) for lane, sites in lanes.items()},
        _holders(plan, lanes[Lane.HELD]),
    )


def ordered(sites: Iterable[PlanSite]) -> tuple[PlanSite, ...]:
    """Order sites by path and line."""
    return tuple(sorted(sites, key=lambda site: (site.path, site.line, site.column, site.id)))


def causes(site: PlanSite, severity: Severity) -> tuple[Cause, ...]:
    """Give the distinct causes of one severity at a site, or its own reason when there is none."""
    found = dict.fromkeys(
        Cause(finding.rule, finding.follow_up or finding.message, finding.size)
        for finding in standing(site, severity)
    )
    return tuple(found) or (Cause("", site.why),)


def by_cause(
    sites: Iterable[PlanSite], severity: Severity
) -> Mapping[tuple[Cause, ...], tuple[PlanSite, ...]]:
    """Group sites by what stops them: soonest shutdown first, then the most sites."""
    return gathered(sites, lambda site: causes(site, severity))


def by_model(sites: Iterable[PlanSite]) -> Mapping[str, tuple[PlanSite, ...]]:
    """Group sites by model id: soonest shutdown first, then the most sites."""
    return gathered(sites, model_id)


def gathered(
    sites: Iterable[PlanSite], key: Callable[[PlanSite], Key]
) -> Mapping[Key, tuple[PlanSite, ...]]:
    """Group sites by a key; the group whose model is shut down soonest comes first."""
    groups: dict[Key, list[PlanSite]] = {}
    for site in ordered(sites):
        groups.setdefault(key(site), []).append(site)
    urgent = sorted(groups.items(), key=lambda item: (_soonest(item[1]), -len(item[1])))
    return {name: tuple(members) for name, members in urgent}


def model_id(site: PlanSite) -> str:
    """Give the id that a site runs now, as far as it is known."""
    return site.model.resolved or site.model.written or "unresolved"


def place(site: PlanSite) -> str:
    """Write the place of a site as `path:line`."""
    return f"{site.path}:{site.line}"


def standing(site: PlanSite, severity: Severity) -> tuple[PlanFinding, ...]:
    """Give the findings of one severity that nobody accepted."""
    return tuple(each for each in site.findings if each.severity is severity and not each.accepted)


def shutdowns(plan: Plan) -> tuple[tuple[str, str, int], ...]:
    """Give (date, model id, sites) for every id with a shutdown date, soonest first."""
    counts: dict[tuple[str, str], int] = {}
    for site in plan.sites:
        if site.model.shutdown:
            key = (site.model.shutdown, model_id(site))
            counts[key] = counts.get(key, 0) + 1
    return tuple((date, model, count) for (date, model), count in sorted(counts.items()))


def effort_changes(sites: Iterable[PlanSite]) -> Mapping[str, int]:
    """Count, by model id, the sites whose silence about effort means something else now."""
    counts: dict[str, int] = {}
    for site in ordered(sites):
        if site.effort.becomes:
            counts[model_id(site)] = counts.get(model_id(site), 0) + 1
    return dict(sorted(counts.items()))


def warnings(sites: Iterable[PlanSite]) -> Mapping[Cause, tuple[str, ...]]:
    """Give what warns at these sites, and the `path:line` places that each warning names."""
    places: dict[Cause, dict[str, None]] = {}
    for site in ordered(sites):
        for finding in standing(site, Severity.WARNS):
            if finding.rule != EFFORT_RULE or not site.effort.becomes:
                cause = Cause(finding.rule, finding.message.rstrip("."))
                at = f"{finding.at.path}:{finding.at.line}"
                places.setdefault(cause, {})[at] = None
    return {cause: tuple(found) for cause, found in places.items()}


def effort_after(outside: Iterable[PlanEdit], target: str) -> tuple[str, ...]:
    """Say what edits outside the guide mean for sampling, effort and caching."""
    edits = [each for each in outside if each.kind is EditKind.UNBLOCK]
    added = sum('"none"' in each.after or "'none'" in each.after for each in edits)
    dropped = [each for each in edits if not each.after]
    cached = sum("prompt_cache_retention" in each.before for each in dropped)
    sampling = len(dropped) - cached
    said = []
    if added:
        keep = agrees(added, "keeps its", "keep their")
        said.append(f"{plural(added, 'call')} {keep} sampling; {target} does not reason there.")
    if sampling:
        gone = f"{plural(sampling, 'sampling parameter')} {agrees(sampling, 'is', 'are')} dropped"
        said.append(f"{gone}; {target} reasons there unless an effort says otherwise.")
    if cached:
        said.append("Cached prompts are then kept for 24 hours; check that your policy allows it.")
    return tuple(said)


def required(edits: Iterable[PlanEdit]) -> tuple[str, ...]:
    """Say which versions of libraries edits rest on, and what the project installs."""
    needs = dict.fromkeys(each.needs for each in edits if each.needs)
    return tuple(
        f"{each.package} {each.since} or newer has to be installed: {each.stated}."
        for each in sorted(needs, key=lambda one: (one.package, one.since, one.stated))
    )


def prices(sites: Iterable[PlanSite]) -> Mapping[str, tuple[float, float]]:
    """Give the list price of every id among these sites that has one, ordered by id."""
    known = {model_id(site): site.model.price for site in sites}
    return {model: price for model, price in sorted(known.items()) if price is not None}


def liftable(sites: Iterable[PlanSite]) -> tuple[Ask, ...]:
    """Give the reasons that `--confirm` would lift for these sites, in their fixed order."""
    asked = {ask for site in sites for ask in site.asks}
    return tuple(ask for ask in Ask if ask in asked)


def _holders(plan: Plan, waiting: Iterable[PlanSite]) -> Mapping[str, tuple[PlanSite, ...]]:
    known = {site.id: site for site in plan.sites}
    waits = {site.id for site in waiting}
    return {
        site: ordered(known[holder] for holder in group.held_by if holder in known)
        for group in plan.groups
        for site in group.sites
        if site in waits
    }


def _lane(site: PlanSite, *, carried: bool) -> Lane:
    if site.edits or (carried and site.hold in {Hold.MOVES, Hold.FOLLOWS}):
        return Lane.MOVES
    match site.outcome:
        case Outcome.STRING_ONLY | Outcome.LIGHT_REWRITE:
            return Lane.HELD
        case Outcome.BLOCKED:
            return Lane.ONE_LINE if _is_one_line_away(site) else Lane.WORK
        case Outcome.UNKNOWN:
            return Lane.UNKNOWN
        case Outcome.CONFIRMATION_NEEDED:
            return Lane.ROLE if site.asks and ROLE_ASKS.issuperset(site.asks) else Lane.ANSWER
        case Outcome.NO_CHANGE:
            return Lane.STAYS
        case _:
            assert_never(site.outcome)


def _is_one_line_away(site: PlanSite) -> bool:
    # It would still not move after its one line.
    if _is_open(site):
        return False
    sizes = [finding.size for finding in standing(site, Severity.BLOCKS)]
    return len(sizes) == 1 and sizes[0] is not None and sizes[0].edits == 1


def _is_open(site: PlanSite) -> bool:
    return site.outcome is Outcome.BLOCKED and bool(standing(site, Severity.UNSETTLED))


def _soonest(sites: Iterable[PlanSite]) -> str:
    return min((site.model.shutdown or "9999" for site in sites), default="9999")
