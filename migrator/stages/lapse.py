"""Tell which words of a person's have no effect: unused comments, lapsed decisions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from migrator.domain.addressing import names, speaks_of, stretches
from migrator.domain.config import Config, Decision
from migrator.domain.facts import REMARKS, Pragma
from migrator.domain.finding import Finding
from migrator.domain.globs import matches
from migrator.domain.site import DecidedSite, Group

_CODE = re.compile(r"R\d+")


def unused_pragmas(
    pragmas: Mapping[str, Sequence[Pragma]], sites: Sequence[DecidedSite]
) -> tuple[str, ...]:
    """Give a notice for each comment that changes nothing or gives no reason, by place."""
    return tuple(
        f"{path}:{pragma.at.line}: `migrate: {_words(pragma)}` {why}"
        for path, found in sorted(pragmas.items())
        for pragma in sorted(found, key=lambda each: each.at)
        if pragma.verb not in REMARKS
        if (why := _why_unused(pragma, path, sites))
    )


def lapsed_decisions(
    config: Config, sites: Sequence[DecidedSite], groups: Iterable[Group], as_of: str
) -> tuple[str, ...]:
    """Give a notice for each decision, prompt or wrapper of the configuration without effect.

    `as_of` is the ISO date that expiries are compared with, empty to compare none.
    """
    known = {each.id for each in groups}
    told = [
        f"the decision on `{each.on}` {why}"
        for each in config.decisions
        if (why := _why_lapsed(each, sites, known, as_of))
    ]
    told += [
        f"the prompt of `{each.site}` belongs to no call"
        for each in config.prompts
        if not any(_is_at(site, each.site) for site in sites)
    ]
    called = {site.bound.call.shape.id for site in sites if site.bound.call}
    told += [
        f"no call of the wrapper `{each.name}` is in view"
        for each in config.wrappers
        if each.name not in called
    ]
    return tuple(f"{config.path}: {each}" for each in told)


def _words(pragma: Pragma) -> str:
    return f"{pragma.verb}[{pragma.rule}]" if pragma.rule else pragma.verb


def _why_unused(pragma: Pragma, path: str, sites: Sequence[DecidedSite]) -> str:
    accepts = pragma.verb == "accept"
    if not pragma.reason:
        return "gives no reason" + (" and is not heeded" if accepts else "")
    used = _accepts_one if accepts else _leaves_one
    if any(used(pragma, path, site) for site in sites):
        return ""
    return "matches no finding" if accepts else "stands beside nothing that could move"


def _leaves_one(pragma: Pragma, path: str, site: DecidedSite) -> bool:
    return any(
        where == path and speaks_of(pragma, first, last)
        for where, first, last in stretches(site.bound)
    )


def _accepts_one(pragma: Pragma, path: str, site: DecidedSite) -> bool:
    return any(
        where == path and speaks_of(pragma, first, last)
        for finding in site.judged.accepted
        # A slug cannot be told from here; what was accepted at its place counts.
        if pragma.rule == finding.rule or not _CODE.fullmatch(pragma.rule)
        for where, first, last in _lines(finding, site)
    )


def _lines(finding: Finding, site: DecidedSite) -> Iterator[tuple[str, int, int]]:
    yield finding.at.path, finding.at.line, finding.at.line
    yield from stretches(site.bound)


def _why_lapsed(
    decision: Decision, sites: Sequence[DecidedSite], groups: Iterable[str], as_of: str
) -> str:
    if as_of and decision.expiry and decision.expiry < as_of:
        return f"ended on {decision.expiry}"
    meant = [each for each in sites if decision.on in names(each.bound)]
    if not meant and decision.on not in groups:
        return "names no site, group or model here"
    if meant and decision.text and decision.text not in {_text(each) for each in meant}:
        return f"was made for `{decision.text}`, which is not there now"
    return ""


def _text(site: DecidedSite) -> str:
    reference = site.bound.reference
    return reference.recognised.text if reference else ""


def _is_at(site: DecidedSite, named: str) -> bool:
    return named == site.bound.id or matches(site.bound.place.path, named)
