"""Find what a person decided of a site: in a comment beside it, or in the configuration."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.addressing import names, speaks_of, stretches
from migrator.domain.config import Config, Decide, Decision
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
    for path, first, last in stretches(bound):
        for pragma in evidence.pragmas.get(path, ()):
            if pragma.verb in _VERBS and speaks_of(pragma, first, last):
                line = f"{path}:{pragma.at.line}"
                yield Decision(on=line, decide=_VERBS[pragma.verb], reason=pragma.reason)


def _from_config(bound: BoundSite, evidence: Evidence, config: Config) -> Iterator[Decision]:
    called = set(names(bound))
    reference = bound.reference
    text = reference.recognised.text if reference else ""
    for decision in config.decisions:
        expired = bool(evidence.as_of and decision.expiry and decision.expiry < evidence.as_of)
        lapsed = bool(decision.text) and decision.text != text
        if decision.on in called and not expired and not lapsed:
            yield decision
