"""Tell what a person's words speak of: a comment beside the code, a decision in a file."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.facts import Pragma
from migrator.domain.site import BoundSite


def stretches(bound: BoundSite) -> Iterator[tuple[str, int, int]]:
    """Give the lines that are a site, as path, first and last: its own, its call's, its id's."""
    yield bound.place.path, bound.place.line, bound.place.line
    if bound.call is not None:
        yield bound.call.place.path, bound.call.place.line, bound.call.end_line
    for each in bound.reference.written if bound.reference else ():
        yield each.path, each.place.line, each.place.line


def speaks_of(pragma: Pragma, first: int, last: int) -> bool:
    """Whether a comment, or the line it speaks of, is among these lines of its file."""
    return first <= pragma.target_line <= last or first <= pragma.at.line <= last


def names(bound: BoundSite) -> Iterator[str]:
    """Give all that a decision may call a site by: its id, its places, its model."""
    yield bound.id
    yield f"{bound.place.path}:{bound.place.line}"
    if bound.call is not None:
        yield f"{bound.call.place.path}:{bound.call.place.line}"
    if bound.reference is not None:
        recognised = bound.reference.recognised
        yield from (f"{each.path}:{each.place.line}" for each in bound.reference.written)
        yield recognised.id
        yield recognised.text
