"""Explain a site: the chain from bytes to verdict, and the single facts that would change it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from migrator.domain.edit import EditKind
from migrator.domain.layout import BLANK, Row, heading
from migrator.domain.plan import Plan, PlanEdit, PlanGroup
from migrator.domain.plan_site import (
    PlanFinding,
    PlanHop,
    PlanPlace,
    PlanPromptLink,
    PlanReference,
    PlanSite,
)
from migrator.domain.site import Outcome, SettingState
from migrator.domain.summary import Summary, model_id, place, summarise
from migrator.domain.wording import plural, printable

# The order in which an outcome is picked; the first that holds wins.
_STEPS = (
    (Outcome.NO_CHANGE, "already there, newer, pinned or not asked for"),
    (Outcome.CONFIRMATION_NEEDED, "a person has to say yes first"),
    (Outcome.BLOCKED, "something certainly fails without code"),
    (Outcome.UNKNOWN, "something cannot be told from the repository"),
    (Outcome.STRING_ONLY, "the id is all that changes"),
    (Outcome.LIGHT_REWRITE, "everything else that may move"),
)


def explain_site(plan: Plan, site: PlanSite) -> Iterator[Row]:
    """Give the rows that lead from the bytes of a reference to the verdict on its call."""
    yield heading(f"{place(site)}  {site.call or 'no call in view'}  ({site.id})")
    yield Row(f"{site.role}: {site.why_role}")
    yield from _section("From the bytes to the call", _chain(site))
    yield from _section("Prompt", _prompts(site.prompts))
    yield from _section("What the call sends", _settings(site))
    yield from _section("What the rules say", _findings(site.findings))
    yield from _section("What becomes of the prompt", _wording(site))
    yield from _section("Verdict", _verdict(site))
    yield from _section("Group", _group(plan, site))
    yield from _section("What would change the verdict", _counterfactuals(site))


def _section(title: str, rows: Iterable[Row]) -> Iterator[Row]:
    found = list(rows)
    if found:
        yield BLANK
        yield heading(title)
        yield from found


def _chain(site: PlanSite) -> Iterator[Row]:
    if not site.references:
        yield Row(f"no reference: {site.why}")
    for reference in site.references:
        yield Row(f"{_where(reference)}  `{printable(reference.text)}`{_prefix(reference)}")
        yield from map(_hop, reference.via)
    yield Row(f"{place(site)}  {site.call or 'reaches no call'}{_surface(site)}")
    family = ", ".join(each for each in (site.model.family, site.model.tier) if each)
    ends = f"; calls fail from {site.model.shutdown} on" if site.model.shutdown else ""
    yield Row(f"{model_id(site)}: {family or 'not in the catalogue'}{ends}")


def _where(reference: PlanReference) -> str:
    return f"{reference.path}:{reference.line}:{reference.column}"


def _prefix(reference: PlanReference) -> str:
    return f"; the prefix `{reference.prefix}` stays" if reference.prefix else ""


def _surface(site: PlanSite) -> str:
    return f"  on {site.surface.replace('_', ' ')}" if site.surface else ""


def _hop(hop: PlanHop) -> Row:
    detail = f" {printable(hop.detail)}" if hop.detail else ""
    return Row(f"{hop.path}:{hop.line}  {hop.what}{detail}  ({hop.confidence})", 4)


def _prompts(links: Iterable[PlanPromptLink]) -> Iterator[Row]:
    for link in links:
        reason = f": {printable(link.reason)}" if link.reason else ""
        lines = f"{link.path}:{link.line}" + (
            f"-{link.end_line}" if link.end_line > link.line else ""
        )
        yield Row(f"{lines}  {link.kind}, {link.speaker}  ({link.confidence}){reason}")
        yield from map(_hop, link.via)


def _settings(site: PlanSite) -> Iterator[Row]:
    for name, setting in sorted(site.settings.items()):
        match setting.state:
            case SettingState.EXPLICIT:
                yield Row(f"{name} = {printable(str(setting.value))}{_at(setting.at)}")
            case SettingState.UNRESOLVED:
                yield Row(f"{name}: sent, its value cannot be read{_at(setting.at)}")
            case SettingState.ABSENT:
                pass
    yield Row(f"effort: {site.effort.current}. {site.effort.recommendation}")


def _at(at: PlanPlace | None) -> str:
    return f"  ({at.path}:{at.line})" if at else ""


def _findings(findings: Iterable[PlanFinding]) -> Iterator[Row]:
    for each in findings:
        accepted = ", accepted" if each.accepted else ""
        yield Row(f"{each.rule} {each.severity}{accepted}: {printable(each.message)}")
        yield Row(f"at {each.at.path}:{each.at.line}  «{each.clause}»", 4)
        if each.follow_up:
            yield Row(f"do: {printable(each.follow_up)}", 4)
        if each.source:
            yield Row(f"source: {each.source}", 4)


def _wording(site: PlanSite) -> Iterator[Row]:
    if site.prompt_edit is None:
        return
    yield Row(f"{site.prompt_edit.replace('_', ' ')}: {printable(site.prompt_why)}")
    for each in site.blocks:
        points = f" ({', '.join(each.points)})" if each.points else ""
        yield Row(f"block {each.block}, {each.fate}{points}: {printable(each.why)}", 4)


def _verdict(site: PlanSite) -> Iterator[Row]:
    for outcome, meaning in _STEPS:
        if outcome is site.outcome:
            yield Row(f"{outcome}: yes. {printable(site.why)}  «{site.clause}»")
            break
        yield Row(f"{outcome} ({meaning}): no")
    if site.if_confirmed:
        yield Row(f"once the question is answered: {site.if_confirmed}")


def _group(plan: Plan, site: PlanSite) -> Iterator[Row]:
    summary = summarise(plan)
    group = next((each for each in plan.groups if site.id in each.sites), None)
    if group is None:
        return
    others = plural(len(group.sites) - 1, "other site")
    yield Row(f"{group.id}: {', '.join(group.references)}; {others} in it")
    yield from _edits(plan, group)
    yield from _holders(summary, site, group)


def _edits(plan: Plan, group: PlanGroup) -> Iterator[Row]:
    for edit in plan.edits:
        if edit.group == group.id:
            yield Row(f"edit {edit.path}:{edit.line}  {_change(edit)}", 4)


def _change(edit: PlanEdit) -> str:
    if edit.kind is EditKind.PROMPT:
        return f"prompt +{plural(edit.words, 'word')} ({', '.join(edit.blocks)})"
    return f"{printable(edit.before)} -> {printable(edit.after)}"


def _holders(summary: Summary, site: PlanSite, group: PlanGroup) -> Iterator[Row]:
    known = {each.id: each for each in summary.plan.sites}
    for holder in group.held_by:
        if holder in known and holder != site.id:
            yield Row(f"held by {place(known[holder])}: {printable(known[holder].why)}", 4)
    for line in group.release:
        yield Row(f"freed by {printable(line)}", 4)


def _counterfactuals(site: PlanSite) -> Iterator[Row]:
    for each in site.counterfactuals:
        yield Row(f"without {printable(each.fact)}{_at(each.at)}: {each.outcome}")
    if not site.counterfactuals:
        yield Row("no single fact: either nothing stands against it, or several things do")
