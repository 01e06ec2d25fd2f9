"""Leave out what the configuration or the command line excludes."""

from __future__ import annotations

import re
from dataclasses import replace

from migrator.domain.config import Config, Decide, Decision
from migrator.domain.globs import matches_any
from migrator.domain.mention import Mention
from migrator.domain.site import ClassifiedSite

_HEAD = re.compile(rb"^[ \t]*\[+[ \t]*([^\]\n]+)", re.MULTILINE)


def is_excluded(path: str, config: Config) -> bool:
    """Tell whether a path is excluded, or not among those included."""
    included = not config.include or matches_any(path, config.include)
    return not included or matches_any(path, config.exclude)


def why_ignored(mention: Mention, content: bytes, config: Config) -> str:
    """Say why a mention is left out: its path is, or it is a word of our own configuration."""
    if is_excluded(mention.path, config):
        return "excluded"
    if mention.path != config.path:
        return ""
    heads = list(_HEAD.finditer(content, 0, mention.at.start))
    inside = not config.path.endswith("pyproject.toml") or (
        bool(heads) and heads[-1].group(1).startswith(b"tool.migrate")
    )
    return "a word of this tool's own configuration" if inside else ""


def leave_out(site: ClassifiedSite, config: Config) -> ClassifiedSite:
    """Mark an excluded site as ignored: it is not judged, and what it shares stays."""
    bound = site.bound
    paths = {bound.place.path} | ({bound.reference.path} if bound.reference else set())
    if not any(is_excluded(path, config) for path in paths):
        return site
    decision = Decision(on=bound.id, decide=Decide.IGNORE, reason="excluded")
    return replace(site, decision=decision)
