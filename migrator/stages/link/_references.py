"""Read the end of a way as a reference, and find the bytes of its id."""

from __future__ import annotations

from migrator.domain.catalogue import Catalogue, Recognised, Standing
from migrator.domain.expression import Scalar, Text
from migrator.domain.site import Reference
from migrator.domain.source import Location, locate
from migrator.domain.trail import Found, Hop, HopKind, Lost, Outside, Trail
from migrator.following.port import Walk


def reference_of(
    walk: Walk, trail: Trail, catalogue: Catalogue, *, azure: bool
) -> Reference | None:
    """Read the end of a trail as a reference; on `azure` any name counts, as a deployment's."""
    if not isinstance(trail, Found) or not isinstance(trail.expression, Text):
        return None
    text, path = trail.expression, trail.frame.path
    recognised = catalogue.recognise(text.value)
    if recognised is None:
        if not azure or not text.value:
            return None
        recognised = Recognised(text.value, "", text.value, "", Standing.UNRECOGNISED, None, None)
    named = next((hop.detail for hop in trail.hops if hop.at.path == path and _names(hop)), "")
    return Reference(
        path=path,
        place=text.at.within(path),
        at=bytes_of(walk.source.content(path), text.at, recognised),
        symbol=".".join(part for part in (trail.frame.symbol, named) if part),
        recognised=recognised,
        via=trail.hops,
        literal=text.written or text.value,
    )


def _names(hop: Hop) -> bool:
    return bool(hop.detail) and hop.kind is not HopKind.CHOICE


def bytes_of(content: bytes, literal: Location, recognised: Recognised) -> Location | None:
    """Find the bare id inside its literal; None when it is not there once, in one piece."""
    source, bare = content[literal.start : literal.end], recognised.id.encode()
    for written, ahead in ((recognised.text, recognised.prefix), (recognised.id, "")):
        if source.count(written.encode()) == 1:
            start = literal.start + source.index(written.encode()) + len(ahead.encode())
            return locate(content, start, start + len(bare))
    return None


def why_unread(trail: Trail) -> tuple[str, Hop | None] | None:
    """Tell why following ended there, and the hop next to where it did; None for no value."""
    match trail:
        case Lost(reason=reason):
            found = reason
        case Outside(name=name):
            found = f"comes from {name}, outside the repository"
        case Found(expression=Text(value=value)):
            found = f"`{value[:60]}` is no model id that the playbook knows"
        case Found(expression=expression) if not isinstance(expression, Scalar):
            found = f"is computed at {trail.frame.path}:{expression.at.line}"
        case _:
            return None
    return found, next(iter(trail.hops), None)
