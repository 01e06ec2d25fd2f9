"""Give sites ids that survive moved lines."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from migrator.domain.site import BoundSite

ID_LENGTH = 10


def number_sites(sites: Iterable[BoundSite]) -> tuple[BoundSite, ...]:
    """Order sites by place and give each its id; equal ones get an ordinal.

    The id is a hash of path, symbol, call text without white space, reference path and symbol.
    """
    seen: Counter[str] = Counter()
    numbered: list[BoundSite] = []
    for site in sorted(sites, key=_order):
        base = _hash(site)
        seen[base] += 1
        ordinal = f"-{seen[base]}" if seen[base] > 1 else ""
        numbered.append(replace(site, id=f"{base}{ordinal}"))
    return tuple(numbered)


def ordered_sites(sites: Iterable[BoundSite]) -> tuple[BoundSite, ...]:
    """Give sites by path and line, whatever stage they come from."""
    return tuple(sorted(sites, key=_order))


def _order(site: BoundSite) -> tuple[object, ...]:
    reference = site.reference
    return (
        site.place.path,
        site.place.line,
        site.place.column,
        (reference.place.path, reference.place.line, reference.place.column) if reference else (),
    )


def _hash(site: BoundSite) -> str:
    parts = [site.place.path, site.symbol, site.call.text if site.call else ""]
    if site.reference:
        parts += [site.reference.path, site.reference.symbol]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:ID_LENGTH]
