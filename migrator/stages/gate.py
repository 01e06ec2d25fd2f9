"""Run every rule at every site and keep all that they find."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from migrator.domain.addressing import speaks_of, stretches
from migrator.domain.config import Decide
from migrator.domain.facts import Pragma
from migrator.domain.finding import Finding
from migrator.domain.playbook import Playbook
from migrator.domain.rule import Rule
from migrator.domain.site import ClassifiedSite, JudgedSite

CLAUSES = (
    "workflow.5",
    "workflow.5.1",
    "scope.5",
)


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
    names = [(code, rule.slug) for rule in rules for code in rule.codes]
    names += [(fact.rule, fact.slug) for fact in playbook.parameters]
    names += [(fact.rule, fact.slug) for fact in playbook.risks]
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
    here = finding.at.path, finding.at.line, finding.at.line
    return any(
        pragma.verb == "accept" and pragma.reason and pragma.rule in names
        for path, first, last in (here, *stretches(site.bound))
        for pragma in pragmas.get(path, ())
        if speaks_of(pragma, first, last)
    )
