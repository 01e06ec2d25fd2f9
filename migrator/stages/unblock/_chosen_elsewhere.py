"""Tell whether something out of view may choose another model than the one that moves."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.expression import dotted
from migrator.domain.facts import FileFacts, Scope
from migrator.domain.site import Reference
from migrator.domain.trail import Hop, HopKind
from migrator.following.port import Walk

# Steps at which nothing but the code in view decides.
_SETTLED = frozenset(
    {
        HopKind.ASSIGNMENT,
        HopKind.IMPORT,
        HopKind.ARGUMENT,
        HopKind.TRANSFORM,
        HopKind.CHOICE,
        HopKind.RETURN,
        HopKind.SPLAT,
    }
)


def chosen_elsewhere(reference: Reference, walk: Walk) -> str | None:
    """Say what may choose another id than the one written at a reference; None if nothing may."""
    return next((why for hop in reference.via if (why := _chooser(hop, walk))), None)


def _chooser(hop: Hop, walk: Walk) -> str | None:
    match hop.kind:
        case HopKind.KEY:
            return "what a table holds under another key" if hop.detail == "default" else None
        case HopKind.FIELD:
            return _of_field(hop, walk)
        case HopKind.DEFAULT_PARAMETER:
            return _of_parameter(hop, walk)
        case kind if kind in _SETTLED:
            return None
        case HopKind.ENVIRONMENT:
            return f"the environment variable {hop.detail}"
        case kind:
            return f"{hop.detail or 'a value'} ({kind})"


def _of_field(hop: Hop, walk: Walk) -> str | None:
    """Say what sets a field: the environment may, where the class reads its settings there."""
    owner = hop.detail.rpartition(".")[0]
    classes = [facts.scopes[owner] for facts in _files(hop, walk) if owner in facts.scopes]
    bases = [dotted(base) or "?" for each in classes for base in each.bases]
    if not classes or any("Settings" in base or base == "?" for base in bases):
        return f"what sets {hop.detail}"
    return None


def _files(hop: Hop, walk: Walk) -> Iterator[FileFacts]:
    facts = walk.file(hop.at.path)
    if facts is None:
        return
    yield facts
    for imported in facts.imports:
        path = walk.source.module(imported.module, hop.at.path)
        inner = walk.file(path) if path and path != hop.at.path else None
        if inner is not None:
            yield inner


def _of_parameter(hop: Hop, walk: Walk) -> str | None:
    """Say who may pass another id: callers out of view, of what a library or a route offers."""
    facts = walk.file(hop.at.path)
    function = _with_parameter(facts, hop) if facts else None
    if facts is None or function is None:
        return f"who sets `{hop.detail}`"
    if function.decorators:
        return f"who calls `{function.symbol}` (it is decorated)"
    if not walk.callers.of(walk, facts.path, function):
        return f"who calls `{function.symbol}` (nothing in view does)"
    return None


def _with_parameter(facts: FileFacts, hop: Hop) -> Scope | None:
    for scope in facts.scopes.values():
        for each in scope.parameters:
            if each.name == hop.detail and each.at.within(facts.path) == hop.at:
                return scope
    return None
