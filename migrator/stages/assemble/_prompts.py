"""List the prompt surfaces of all sites, each once."""

from __future__ import annotations

from collections.abc import Iterable

from migrator.domain.plan_site import PlanHop, PlanPrompt, PlanPromptLink
from migrator.domain.prompt import PromptLink, PromptSurface
from migrator.domain.site import DecidedSite
from migrator.domain.trail import Confidence, Hop


def plan_prompts(sites: Iterable[DecidedSite]) -> tuple[PlanPrompt, ...]:
    """Give every surface that a site is tied to, by path and line."""
    surfaces: dict[str, PromptSurface] = {}
    for site in sites:
        for link in site.judged.classified.paired.prompts:
            if link.surface:
                surfaces.setdefault(link.surface.id, link.surface)
    ordered = sorted(surfaces.values(), key=lambda each: (each.path, each.at, each.id))
    return tuple(
        PlanPrompt(
            id=each.id,
            path=each.path,
            line=each.at.line,
            end_line=each.end_line,
            kind=each.kind,
            speaker=each.speaker,
            editable=each.editable,
            words=each.words,
        )
        for each in ordered
    )


def plan_link(link: PromptLink) -> PlanPromptLink:
    """Give a site's tie to one part of its prompt."""
    surface = link.surface
    return PlanPromptLink(
        prompt=surface.id if surface else None,
        path=surface.path if surface else link.path,
        line=surface.at.line if surface else link.line,
        end_line=surface.end_line if surface else link.line,
        kind=link.kind,
        speaker=link.speaker,
        confidence=link.confidence,
        part=link.part,
        alternative=link.alternative,
        via=plan_hops(link.via),
        reason=link.reason,
    )


def plan_hops(hops: Iterable[Hop]) -> tuple[PlanHop, ...]:
    """Give a path that was followed, from the value to its use, without the rounds that it took."""
    return tuple(
        PlanHop(
            path=each.at.path,
            line=each.at.line,
            what=each.kind,
            confidence=each.confidence,
            detail=each.detail,
        )
        for each in _straight(hops)
    )


def _straight(hops: Iterable[Hop]) -> Iterable[Hop]:
    """Leave out what lies between two passes of the same hop, unless part of it is in doubt.

    A history of messages that each call adds to comes by the same places again and again.
    """
    kept: dict[Hop, None] = {}
    for each in hops:
        if each in kept:
            passed = list(kept)
            round_trip = passed[passed.index(each) + 1 :]
            if any(hop.confidence is not Confidence.CERTAIN for hop in round_trip):
                continue
            for hop in round_trip:
                del kept[hop]
        kept[each] = None
    return kept
