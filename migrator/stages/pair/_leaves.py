"""Make the links of single texts, and of those that cannot be seen."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.expression import Expression, Join, Text
from migrator.domain.facts import FileFacts
from migrator.domain.prompt import STEERING, PromptKind, PromptLink, PromptSurface
from migrator.domain.source import Location, Place, last_line
from migrator.domain.trail import Confidence, Frame, HopKind
from migrator.stages.pair._reading import Reading
from migrator.stages.pair._surfaces import Written, make_surface

# Steps of a path on which the text gets a name of its own.
NAMED = frozenset({HopKind.ASSIGNMENT, HopKind.IMPORT, HopKind.FIELD, HopKind.DEFAULT_PARAMETER})


def literal(reading: Reading, expression: Expression, text: str, frame: Frame) -> PromptLink:
    """Tie a literal text, or one put together from literals, to the call."""
    at = expression.at
    content = reading.walk.source.content(frame.path)
    facts = reading.walk.file(frame.path)
    written = Written(
        path=frame.path,
        language=facts.language if facts else "",
        at=at,
        end_line=last_line(content, at),
        pieces=tuple(_pieces(expression)),
        text=text,
    )
    kind = _kind(reading, facts)
    surface = make_surface(written, kind, reading.speaker)
    return link(reading, surface, at.within(frame.path), surface.kind, "")


def _pieces(expression: Expression) -> Iterator[Location]:
    match expression:
        case Text(at=at):
            yield at
        case Join(parts=parts):
            yield from (each.at for each in parts if isinstance(each, Text))
        case _:
            pass


def _kind(reading: Reading, facts: FileFacts | None) -> PromptKind:
    """Tell a text that stands in the call from one that has a name or that a function makes."""
    kinds = {hop.kind for hop in reading.hops}
    if facts is None or facts.document is not None:
        return PromptKind.TEMPLATE if facts and facts.language == "jinja" else PromptKind.FILE
    if HopKind.RETURN in kinds:
        return PromptKind.FUNCTION
    return PromptKind.CONSTANT if kinds & NAMED else PromptKind.INLINE


def missing(reading: Reading, at: Place, reason: str) -> PromptLink:
    """Stand for a text that cannot be followed, which matters where it steers the model."""
    kind = PromptKind.UNKNOWN if reading.speaker in STEERING else PromptKind.RUNTIME
    return link(reading, None, at, kind, reason)


def link(
    reading: Reading,
    surface: PromptSurface | None,
    at: Place,
    kind: PromptKind,
    reason: str,
) -> PromptLink:
    """Tie a surface to the call, or say why there is none."""
    sure = all(hop.confidence is Confidence.CERTAIN for hop in reading.hops)
    return PromptLink(
        surface=surface,
        path=at.path,
        line=at.line,
        kind=kind,
        speaker=reading.speaker,
        confidence=Confidence.CERTAIN if sure else Confidence.LIKELY,
        via=reading.hops,
        reason=reason,
    )
