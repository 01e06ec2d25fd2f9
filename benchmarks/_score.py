"""Compare a plan with the labels of its repository."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from benchmarks._labels import NOT_A_SITE, Label
from migrator.domain.plan import Plan
from migrator.domain.plan_site import PlanSite

Place = tuple[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A label with what the plan says there: its sites and the edits of that very line."""

    label: Label
    sites: tuple[PlanSite, ...]
    edited: bool
    paired: bool

    @property
    def found(self) -> tuple[str, ...]:
        """The outcomes that the plan gives, sorted."""
        return tuple(sorted({str(each.outcome) for each in self.sites}))

    @property
    def right(self) -> bool:
        """Whether the plan gives outcomes there, and only such as are right."""
        return bool(self.found) and set(self.found) <= set(self.label.expected)

    @property
    def false_edit(self) -> bool:
        """Whether the plan edits a line that must stay."""
        return self.edited and not self.label.may_edit

    def disagreements(self) -> Iterator[str]:
        """Say in words where plan and label differ."""
        label = self.label
        if self.false_edit:
            yield "FALSE EDIT"
        if label.may_edit and not self.edited:
            yield "not edited"
        if not self.right and (self.sites or label.expected):
            expected = " or ".join(label.expected) or NOT_A_SITE
            yield f"expected {expected}, is {' and '.join(self.found) or NOT_A_SITE}"
        if label.pairs and self.sites and not self.paired:
            yield f"expected prompt {label.prompt or 'none'}, is {_prompts_named(self.sites)}"


def judge(plan: Plan, labels: Iterable[Label]) -> tuple[tuple[Judged, ...], int]:
    """Judge the labels of one repository; give also how many sites no label speaks of.

    A label speaks of the sites whose call begins on its line, or else of those whose id is written
    there.
    """
    scope = f"{plan.repository.scope}/" if plan.repository.scope else ""
    calls, ids = _by_place(plan, scope)
    edited = {
        (edit.path.removeprefix(scope), edit.line + below)
        for edit in plan.edits
        for below in range(edit.before.count("\n") + 1)
    }
    judged = []
    spoken: set[str] = set()
    for label in labels:
        sites = tuple(calls.get(label.place) or ids.get(label.place) or ())
        spoken |= {each.id for each in sites}
        paired = all(_paired(label, each, scope) for each in sites)
        place = label.place
        judged.append(Judged(label=label, sites=sites, edited=place in edited, paired=paired))
    return tuple(judged), len({each.id for each in plan.sites} - spoken)


def _by_place(
    plan: Plan, scope: str
) -> tuple[Mapping[Place, list[PlanSite]], Mapping[Place, list[PlanSite]]]:
    calls: dict[Place, list[PlanSite]] = defaultdict(list)
    ids: dict[Place, list[PlanSite]] = defaultdict(list)
    for site in plan.sites:
        calls[(site.path.removeprefix(scope), site.line)].append(site)
        for reference in site.references:
            ids[(reference.path.removeprefix(scope), reference.line)].append(site)
    return calls, ids


def _paired(label: Label, site: PlanSite, scope: str) -> bool:
    """Tell whether a site has the prompt of its label; any part of it will do."""
    links = [each for each in site.prompts if each.prompt]
    if label.prompt is None:
        return not links
    path, _, line = label.prompt.rpartition(":")
    return any(
        each.path.removeprefix(scope) == path and each.line <= int(line) <= each.end_line
        for each in links
    )


def _prompts_named(sites: Iterable[PlanSite]) -> str:
    links = (link for site in sites for link in site.prompts if link.prompt)
    return ", ".join(sorted({f"{each.path}:{each.line}" for each in links})) or "none"
