"""Put together the sites of one call: what is edited there changes all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from migrator.domain.finding import Finding, Severity
from migrator.domain.site import BoundCall, DecidedSite

CallKey: TypeAlias = tuple[str, int, int]

HARD = frozenset({Severity.BLOCKS, Severity.UNSETTLED})


def sites_by_call(sites: Iterable[DecidedSite]) -> Mapping[CallKey, tuple[DecidedSite, ...]]:
    """Map each call to its sites, by the file and the bytes that it is written at."""
    found: defaultdict[CallKey, list[DecidedSite]] = defaultdict(list)
    for site in sites:
        if site.bound.call is not None:
            found[key_of(site.bound.call)].append(site)
    return {key: tuple(own) for key, own in found.items()}


def key_of(call: BoundCall) -> CallKey:
    """Give what tells a call from all others, however it is reached."""
    at = call.invocation.call.at
    return call.frame.path, at.start, at.end


def hard(site: DecidedSite) -> tuple[Finding, ...]:
    """Give the findings that keep a site from moving."""
    return tuple(each for each in site.judged.findings if each.severity in HARD)
