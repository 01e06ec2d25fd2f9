"""Compare a plan with what it is to be applied to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from migrator.domain.plan import Plan, PlanEdit, PlanGroup
from migrator.domain.plan_site import PlanSite
from migrator.domain.result import Dropped


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What judges now: the tool's version, the playbook's and the configuration's digest."""

    tool: str
    playbook: str
    config: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """Files that differ from the plan, each as `path: how`, and files with uncommitted changes."""

    stale: tuple[str, ...]
    uncommitted: frozenset[str]


def basis_differences(plan: Plan, basis: Basis) -> tuple[str, ...]:
    """Say what else than files changed since the plan was made."""
    pairs = (
        ("tool version", plan.tool, basis.tool),
        ("playbook", plan.playbook.digest, basis.playbook),
        ("configuration", plan.config.digest, basis.config),
    )
    return tuple(
        f"{name}: planned with {_short(then)}, now {_short(now)}"
        for name, then, now in pairs
        if then != now
    )


def compare_files(
    plan: Plan, head: Mapping[str, str | None], working: Mapping[str, str | None]
) -> Freshness:
    """Compare the planned digests with those at HEAD and in the working tree (None: no file)."""
    stale: list[str] = []
    uncommitted: set[str] = set()
    for file in plan.files:
        committed, present = head.get(file.path), working.get(file.path)
        if committed != present:
            uncommitted.add(file.path)
        if file.sha256 not in {committed, present}:
            how = "not at HEAD" if committed is None else "other bytes at HEAD"
            stale.append(f"{file.path}: {how}")
    return Freshness(stale=tuple(stale), uncommitted=frozenset(uncommitted))


def drop_uncommitted(
    plan: Plan,
    edits: Mapping[str, tuple[PlanEdit, ...]],
    uncommitted: Collection[str],
    modified: Collection[str],
) -> tuple[Dropped, ...]:
    """Name the groups whose edits or verdicts rest on a file that is other bytes at HEAD.

    Of those, files that git does not call `modified` are converted by it on their way.
    """
    groups = {group.id: group for group in plan.groups}
    sites = {site.id: site for site in plan.sites}
    dropped: list[Dropped] = []
    for group, own in edits.items():
        touched = sorted(files_read(groups[group], own, sites) & set(uncommitted))
        if touched:
            mine = [path for path in touched if path in modified]
            if mine:
                reason = f"uncommitted: {', '.join(mine)} differs between working tree and HEAD"
            else:
                named = ", ".join(touched)
                reason = f"converted: git stores other bytes of {named} than it checks out"
            dropped.append(Dropped(group=group, reason=reason))
    return tuple(dropped)


def files_read(
    group: PlanGroup, edits: Iterable[PlanEdit], sites: Mapping[str, PlanSite]
) -> frozenset[str]:
    """Give the files that a group's edits and the verdicts on its sites rest on."""
    members = [sites[each] for each in group.sites if each in sites]
    seen = {path for site in members for path in _paths(site)}
    for edit in edits:
        seen |= {edit.path, edit.needs.path} if edit.needs and edit.needs.path else {edit.path}
    return frozenset(seen)


def _paths(site: PlanSite) -> Iterator[str]:
    yield site.path
    for reference in site.references:
        yield from (reference.path, *(hop.path for hop in reference.via))
    for prompt in site.prompts:
        yield from (prompt.path, *(hop.path for hop in prompt.via))
    yield from (setting.at.path for setting in site.settings.values() if setting.at)
    yield from (finding.at.path for finding in site.findings)


def _short(text: str) -> str:
    return text[:12] or "none"
