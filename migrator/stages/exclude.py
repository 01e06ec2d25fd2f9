"""Leave out what the configuration or the command line excludes."""

from __future__ import annotations

from dataclasses import replace

from migrator.domain.config import Config, Decide, Decision
from migrator.domain.globs import matches_any
from migrator.domain.site import ClassifiedSite


def is_excluded(path: str, config: Config) -> bool:
    """Tell whether a path is excluded, or not among those included."""
    included = not config.include or matches_any(path, config.include)
    return not included or matches_any(path, config.exclude)


def leave_out(site: ClassifiedSite, config: Config) -> ClassifiedSite:
    """Mark an excluded site as ignored: it is not judged, and what it shares stays."""
    bound = site.bound
    paths = {bound.place.path} | ({bound.reference.path} if bound.reference else set())
    if not any(is_excluded(path, config) for path in paths):
        return site
    decision = Decision(on=bound.id, decide=Decide.IGNORE, reason="excluded")
    return replace(site, decision=decision)
