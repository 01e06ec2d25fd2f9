"""Find the literal text behind an expression that is sent as part of a prompt."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.expression import (
    Call,
    Expression,
    Join,
    Member,
    Name,
    Opaque,
    Scalar,
    Series,
    Table,
    Text,
)
from migrator.domain.prompt import STEERING, PromptKind, PromptLink, PromptSurface
from migrator.domain.source import Location, Place, locate
from migrator.domain.trail import (
    Confidence,
    Defined,
    Found,
    Frame,
    Hop,
    HopKind,
    Lost,
    Outside,
    Trail,
)
from migrator.following.items import known_key
from migrator.following.scopes import visible_scopes
from migrator.following.templates import other_template, template_of
from migrator.stages.pair._makers import filled, maker_of, words_given
from migrator.stages.pair._parts import in_place, in_turn
from migrator.stages.pair._reading import Reading, left_to_callers
from migrator.stages.pair._surfaces import HOLE, PLACEHOLDER, Written, make_surface, words_of

# Steps of a path on which the text gets a name of its own.
NAMED = frozenset({HopKind.ASSIGNMENT, HopKind.IMPORT, HopKind.FIELD, HopKind.DEFAULT_PARAMETER})

PICKED = frozenset({HopKind.ARGUMENT, HopKind.DEFAULT_PARAMETER, HopKind.KEY, HopKind.CHOICE})


def text_links(reading: Reading, expression: Expression, frame: Frame) -> Iterator[PromptLink]:
    """Give the texts that an expression can be, alternatives numbered from the second on.

    Text that only a caller not in view brings is `runtime`; steering text that is there but
    cannot be followed is `unknown`. «workflow.2.2»
    """
    if reading.too_deep:
        yield _missing(reading, expression.at.within(frame.path), "nested too deep")
        return
    ends = reading.follow(expression, frame)
    if left_to_callers(ends):
        at = expression.at.within(frame.path)
        yield _link(reading, None, at, PromptKind.RUNTIME, "no caller in view gives it")
    texts = in_place(*(_of_end(reading.over(e.hops), e, expression, frame) for e in ends))
    yield from in_turn(texts, _grown(reading, expression, frame))


def _grown(reading: Reading, expression: Expression, frame: Frame) -> Iterator[PromptLink]:
    """Read the words that `text += …` adds to a named text before it is sent."""
    facts = reading.walk.file(frame.path)
    if facts is None or not isinstance(expression, Name):
        return
    for scope in visible_scopes(facts, frame.symbol):
        inside = Frame(frame.path, scope.symbol, frame.callers)
        named = [each for each in scope.bindings if each.name == expression.name]
        sent = (e for e in named if scope.symbol != frame.symbol or e.at < expression.at)
        added = (
            [link for link in text_links(reading.over(()), each.value, inside) if link.surface]
            for each in sent
            if each.how == "augmented" and each.value is not None
        )
        yield from in_turn(*added)
        if named or any(each.name == expression.name for each in scope.parameters):
            return


def _of_end(
    reading: Reading, end: Trail, expression: Expression, frame: Frame
) -> Iterator[PromptLink]:
    at = expression.at.within(frame.path)
    match end:
        case Found():
            yield from _found(reading, end, at)
        case Defined(path=path, symbol=symbol):
            yield from _made_by(reading, path, symbol, at)
        case Lost(reason=reason, caller=True):
            yield _link(reading, None, at, PromptKind.RUNTIME, reason)
        case Lost(reason=reason):
            yield _missing(reading, at, reason)
        case Outside(name=name):
            yield _missing(reading, at, f"comes from {name}")


def _found(reading: Reading, end: Found, at: Place) -> Iterator[PromptLink]:
    inside = end.frame
    match end.expression:
        case Text(value=value) if not words_of(value) and HOLE.search(value):
            yield _link(reading, None, at, PromptKind.RUNTIME, "no words here")
        case Text(value=value) if not words_of(value):
            yield _link(reading, None, at, PromptKind.NONE, "it has no words")
        case Text(value=value) as text:
            yield _literal(reading, text, value, inside)
        case Join() as join:
            yield from _joined(reading, join, inside)
        case Call() as call:
            yield from _called(reading, call, inside)
        case Opaque(what="format" | "mod", inner=(text, *_)) | Opaque(what="lambda", inner=(text,)):
            yield from text_links(reading, text, inside)
        case Opaque(what="other template", inner=(name,)):
            other = other_template(reading.walk, name, inside)
            yield from _of_end(reading.over(other.hops), other, name, inside)
        case Series(items=items):
            yield from in_turn(*(_content_part(reading, item, inside) for item in items))
        case Scalar():
            return
        case _:
            yield _missing(reading, at, "its text is computed")


def _literal(reading: Reading, expression: Expression, text: str, frame: Frame) -> PromptLink:
    at = expression.at
    content = reading.walk.source.content(frame.path)
    end = at.start + len(content[at.start : at.end].rstrip())
    facts = reading.walk.file(frame.path)
    written = Written(
        path=frame.path,
        language=facts.language if facts else "",
        at=at,
        end_line=locate(content, end, end).line,
        pieces=tuple(_pieces(expression)),
        text=text,
    )
    kind = _kind(reading, written.language)
    surface = make_surface(written, kind, reading.speaker)
    return _link(reading, surface, at.within(frame.path), surface.kind, "")


def _pieces(expression: Expression) -> Iterator[Location]:
    match expression:
        case Text(at=at):
            yield at
        case Join(parts=parts):
            yield from (each.at for each in parts if isinstance(each, Text))
        case _:
            pass


def _kind(reading: Reading, language: str) -> PromptKind:
    """Tell a text that stands in the call from one that has a name or that a function makes."""
    kinds = {hop.kind for hop in reading.hops}
    if HopKind.FILE in kinds:
        return PromptKind.TEMPLATE if language == "jinja" else PromptKind.FILE
    if HopKind.RETURN in kinds:
        return PromptKind.FUNCTION
    return PromptKind.CONSTANT if kinds & NAMED else PromptKind.INLINE


def _joined(reading: Reading, join: Join, frame: Frame) -> Iterator[PromptLink]:
    """Read a text of parts: its own words are one surface, constants woven in are others."""
    text = "".join(each.value if isinstance(each, Text) else PLACEHOLDER for each in join.parts)
    before: list[PromptLink] = []
    behind: list[PromptLink] = []
    woven = before
    for part in join.parts:
        if not isinstance(part, Text):
            inside = [e for e in text_links(reading, part, frame) if _is_woven(reading, e)]
            woven[:] = in_turn(woven, inside)
        elif words_of(part.value):
            woven = behind
    own: list[PromptLink] = []
    if woven is behind:
        own = [_literal(reading, join, text, frame)]
    elif not before:
        at = join.at.within(frame.path)
        own = [_link(reading, None, at, PromptKind.RUNTIME, "no words here")]
    yield from in_turn(before, own, behind)


def _is_woven(reading: Reading, link: PromptLink) -> bool:
    """Whether a hole always holds this text: what callers or keys pick is content, not prompt."""
    hops = link.via[: len(link.via) - len(reading.hops)]
    return link.surface is not None and not any(hop.kind in PICKED for hop in hops)


def _called(reading: Reading, call: Call, frame: Frame) -> Iterator[PromptLink]:
    """Read a text that a call makes, joins or fills in."""
    template = template_of(reading.walk, call, frame)
    if template is not None:
        yield from _of_end(reading.over(template.hops), template, call, frame)
        return
    base, maker = filled(call), maker_of(reading, call, frame)
    if maker is not None:
        yield from in_turn(*(text_links(reading, e, frame) for e in words_given(maker, call)))
        return
    match call.callee:
        case _ if base is not None:
            yield from text_links(reading, base, frame)
        case Member(name="join") if call.positional:
            yield from text_links(reading, call.positional[0], frame)
        case _:
            at = call.at.within(frame.path)
            yield _missing(reading, at, "its text is the result of a call that cannot be followed")


def _made_by(reading: Reading, path: str, symbol: str, at: Place) -> Iterator[PromptLink]:
    """Read the words that a function returns, when it is given in place of a text."""
    facts = reading.walk.file(path)
    scope = facts.scopes.get(symbol) if facts else None
    if scope is None or not scope.returns:
        yield _missing(reading, at, f"{symbol or path} returns no text in view")
        return
    hop = Hop(scope.at.within(path), HopKind.RETURN, detail=symbol)
    inside = Frame(path, symbol)
    yield from in_place(*(text_links(reading.over((hop,)), e, inside) for e in scope.returns))


def _content_part(reading: Reading, item: Expression, frame: Frame) -> Iterator[PromptLink]:
    """Read a part of a message's content: a text, or a table that holds one under `text`."""
    for end in reading.follow(item, frame):
        if isinstance(end, Found) and isinstance(end.expression, Table):
            for entry in end.expression.entries:
                if entry.key and known_key(reading.walk, entry.key, end.frame) == "text":
                    yield from text_links(reading, entry.value, end.frame)
        elif isinstance(end, Found) and isinstance(end.expression, Text | Join):
            yield from text_links(reading, item, frame)


def _missing(reading: Reading, at: Place, reason: str) -> PromptLink:
    kind = PromptKind.UNKNOWN if reading.speaker in STEERING else PromptKind.RUNTIME
    return _link(reading, None, at, kind, reason)


def _link(
    reading: Reading,
    surface: PromptSurface | None,
    at: Place,
    kind: PromptKind,
    reason: str,
) -> PromptLink:
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
