"""Run every rule at every site and keep all that they find."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from migrator.domain.config import Decide
from migrator.domain.facts import Pragma
from migrator.domain.finding import Finding
from migrator.domain.playbook import Playbook
from migrator.domain.rule import Rule
from migrator.domain.site import ClassifiedSite, JudgedSite


def judge(
    site: ClassifiedSite,
    rules: Sequence[Rule],
    playbook: Playbook,
    pragmas: Mapping[str, Sequence[Pragma]],
) -> JudgedSite:
    """Give a site with every finding, in the order of codes and places, each one once.

    `pragmas` are those of every file by path. A finding whose rule an `accept` pragma with a
    reason names, at the site or at the finding's own line, moves to `accepted`. An ignored site
    is not judged.
    """
    if site.decision is not None and site.decision.decide is Decide.IGNORE:
        return JudgedSite(classified=site, findings=())
    slugs = _slugs(rules, playbook)
    off = frozenset(playbook.rules_off)
    active = [rule for rule in rules if rule.slug not in off]
    raised = (finding for rule in active for finding in rule.check(site, playbook))
    kept = [each for each in dict.fromkeys(raised) if not off & slugs.get(each.rule, {each.rule})]
    kept.sort(key=lambda each: (each.rule, each.at, each.message))
    accepted = {each for each in kept if _accepted(each, site, slugs, pragmas)}
    return JudgedSite(
        classified=site,
        findings=tuple(each for each in kept if each not in accepted),
        accepted=tuple(each for each in kept if each in accepted),
    )


def _slugs(rules: Sequence[Rule], playbook: Playbook) -> Mapping[str, frozenset[str]]:
    """Map a code to all that it may be called by: itself and its slugs."""
    names = [(rule.code, rule.slug) for rule in rules]
    names += [(fact.rule, fact.slug) for fact in playbook.parameters]
    found: dict[str, frozenset[str]] = {}
    for code, slug in names:
        found[code] = found.get(code, frozenset({code})) | {slug}
    return found


def _accepted(
    finding: Finding,
    site: ClassifiedSite,
    slugs: Mapping[str, frozenset[str]],
    pragmas: Mapping[str, Sequence[Pragma]],
) -> bool:
    names = slugs.get(finding.rule, frozenset({finding.rule}))
    return any(
        pragma.verb == "accept" and pragma.reason and pragma.rule in names
        for path, first, last in _stretches(finding, site)
        for pragma in pragmas.get(path, ())
        if first <= pragma.target_line <= last or first <= pragma.at.line <= last
    )


def _stretches(finding: Finding, site: ClassifiedSite) -> Iterator[tuple[str, int, int]]:
    yield finding.at.path, finding.at.line, finding.at.line
    yield site.bound.place.path, site.bound.place.line, site.bound.place.line
    if site.call is not None:
        yield site.call.place.path, site.call.place.line, site.call.end_line
    if site.bound.reference is not None:
        place = site.bound.reference.place
        yield place.path, place.line, place.line
