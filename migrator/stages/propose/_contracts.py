"""Say which contract of a site matters most, and what to compare «validation.2 to validation.6»."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from migrator.domain.finding import Severity
from migrator.domain.sent import possible
from migrator.domain.site import BoundCall, DecidedSite

_FIGURES = "task success, retries, tool calls, total tokens, latency, output shape and quality"


def contracts(site: DecidedSite) -> Iterator[str]:
    """Give the contract to look at first, what to compare, and a check before a result is used."""
    first = next(_first(site), "")
    if first:
        yield first
    yield from _compare(site)
    if site.bound.parsed:
        each = site.bound.parsed[0]
        yield f"verify an answer before it is used: `{each.by}` at {each.at.path}:{each.at.line}"


def _first(site: DecidedSite) -> Iterator[str]:
    call = site.bound.call
    if call is None:
        return
    for each in site.bound.parsed[:1]:
        where = f"{each.at.path}:{each.at.line}"
        yield f"look first at the shape of answers, which `{each.by}` at {where} reads"
    stated = _sent(call, call.surface.output_format)
    if stated:
        yield f"look first at whether answers fill `{stated}` with sense, not only with its shape"
    for risk in (each for each in site.judged.findings if each.severity is Severity.RISK):
        yield f"look first at this: {risk.message} ({risk.rule})"
    offered = _sent(call, call.surface.tools)
    if offered:
        yield f"look first at which of `{offered}` are called, how often, and when it stops"


def _compare(site: DecidedSite) -> Iterator[str]:
    reference = site.bound.reference
    if reference is not None and site.bound.call is not None:
        yield f"compare with {reference.recognised.id} on the same inputs: {_FIGURES}"


def _sent(call: BoundCall, names: Iterable[str]) -> str:
    for name in names:
        sent = possible(call.setting(name))
        if sent.sends or sent.unread:
            return name
    return ""
