"""Find what a person decided of a site: in a comment beside it, or in the configuration."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.config import Config, Decide, Decision
from migrator.domain.facts import Pragma
from migrator.domain.site import BoundSite
from migrator.stages.classify._evidence import Evidence

_VERBS = {"ignore": Decide.IGNORE, "pin": Decide.PIN}
# The wish to leave a site alone wins over any wish to move it.
_ORDER = (Decide.IGNORE, Decide.PIN, Decide.CONFIRM, Decide.RELEASE)


def decision_on(bound: BoundSite, evidence: Evidence, config: Config) -> Decision | None:
    """Give the weightiest decision on a site: ignore, then pin, confirm and release."""
    found = [*_from_pragmas(bound, evidence), *_from_config(bound, evidence, config)]
    return min(found, key=lambda each: _ORDER.index(each.decide), default=None)


def _from_pragmas(bound: BoundSite, evidence: Evidence) -> Iterator[Decision]:
    for path, first, last in _stretches(bound):
        for pragma in evidence.pragmas.get(path, ()):
            if pragma.verb in _VERBS and _speaks_of(pragma, first, last):
                line = f"{path}:{pragma.at.line}"
                yield Decision(on=line, decide=_VERBS[pragma.verb], reason=pragma.reason)


def _stretches(bound: BoundSite) -> Iterator[tuple[str, int, int]]:
    """Give the lines that are the site: its own, its call's and its reference's."""
    yield bound.place.path, bound.place.line, bound.place.line
    if bound.call is not None:
        yield bound.call.place.path, bound.call.place.line, bound.call.end_line
    if bound.reference is not None:
        place = bound.reference.place
        yield place.path, place.line, place.line


def _speaks_of(pragma: Pragma, first: int, last: int) -> bool:
    return first <= pragma.target_line <= last or first <= pragma.at.line <= last


def _from_config(bound: BoundSite, evidence: Evidence, config: Config) -> Iterator[Decision]:
    names = set(_names(bound))
    reference = bound.reference
    text = reference.recognised.text if reference else ""
    for decision in config.decisions:
        expired = bool(evidence.as_of and decision.expiry and decision.expiry < evidence.as_of)
        lapsed = bool(decision.text) and decision.text != text
        if decision.on in names and not expired and not lapsed:
            yield decision


def _names(bound: BoundSite) -> Iterator[str]:
    yield bound.id
    yield f"{bound.place.path}:{bound.place.line}"
    if bound.call is not None:
        yield f"{bound.call.place.path}:{bound.call.place.line}"
    if bound.reference is not None:
        place, recognised = bound.reference.place, bound.reference.recognised
        yield f"{place.path}:{place.line}"
        yield recognised.id
        yield recognised.text
