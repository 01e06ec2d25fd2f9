"""Count the parts of a prompt: one after the other, or each in place of another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from migrator.domain.prompt import PromptLink


def in_turn(*groups: Iterable[PromptLink]) -> Iterator[PromptLink]:
    """Count the parts of groups that are all sent, one behind the other."""
    behind = 0
    for group in groups:
        first = behind
        for link in group:
            yield replace(link, part=first + link.part)
            behind = max(behind, first + link.part + 1)


def compact(links: Iterable[PromptLink]) -> Iterator[PromptLink]:
    """Close the gaps in the count, and leave out what stands in the same part already."""
    parts: dict[int, int] = {}
    counted: dict[int, int] = {}
    seen: set[tuple[object, ...]] = set()
    for link in links:
        part = parts.setdefault(link.part, len(parts))
        same = (part, *_shown(link))
        if same in seen:
            continue
        seen.add(same)
        number = counted.get(part, 0)
        counted[part] = number + 1
        yield replace(link, part=part, alternative=number)


def in_place(*groups: Iterable[PromptLink]) -> Iterator[PromptLink]:
    """Count the alternatives of groups of which one is sent, part by part.

    What another way has shown in the same part is left out at once: many ways lead to few texts.
    """
    taken: dict[int, int] = {}
    seen: set[tuple[object, ...]] = set()
    for group in groups:
        before = dict(taken)
        for link in group:
            same = (link.part, *_shown(link))
            if same in seen:
                continue
            seen.add(same)
            number = before.get(link.part, 0) + link.alternative
            taken[link.part] = max(taken.get(link.part, 0), number + 1)
            yield replace(link, alternative=number)


def _shown(link: PromptLink) -> tuple[object, ...]:
    """Give what a reader sees of a part, whichever way led to it."""
    text = link.surface.id if link.surface else ""
    return (link.kind, link.speaker, text, link.path, link.line, link.reason)
