"""Read a list of messages: who speaks, and with what words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from migrator.domain.expression import (
    Call,
    Expression,
    Join,
    Name,
    Opaque,
    Scalar,
    Series,
    Spread,
    Table,
    Text,
)
from migrator.domain.facts import Binding
from migrator.domain.prompt import PromptKind, PromptLink, Speaker
from migrator.domain.source import Place
from migrator.domain.trail import Confidence, Defined, Found, Frame, Hop, HopKind, Lost, Trail
from migrator.following.grown import growth, name_of
from migrator.following.items import known_key
from migrator.following.reads import document_of
from migrator.stages.pair._makers import filled, maker_of, words_given
from migrator.stages.pair._parts import in_place, in_turn
from migrator.stages.pair._reading import Reading, left_to_callers
from migrator.stages.pair._texts import filled_in, stored, text_links

_OTHER_ROLES = {"human": "user", "ai": "assistant", "model": "assistant"}
DEVELOPERS = frozenset({Speaker.SYSTEM, Speaker.DEVELOPER, Speaker.INSTRUCTIONS})


def message_links(reading: Reading, expression: Expression, frame: Frame) -> Iterator[PromptLink]:
    """Give the parts of a message list in order; a plain string is one message of the speaker.

    Messages that cannot be followed may hold the developer's own words: their speaker is unknown,
    unless those words were seen in the same list.
    """
    entered = None if reading.too_deep else reading.within(expression, frame)
    if entered is None:
        return
    reading = entered
    ends = reading.follow(expression, frame)
    lists = [tuple(_of_end(reading.over(end.hops), end, expression, frame)) for end in ends]
    if left_to_callers(ends):
        lost = Lost("no caller in view gives it", expression.at.within(frame.path), caller=True)
        lists = [(_unseen(reading, lost, lost.at),)]
    here, there = _grown(reading, expression, frame), _grown_elsewhere(reading, ends, frame)
    grown = tuple(in_turn(here, there))
    steered = all(steers(each) for each in lists) or steers(grown)
    alternatives = in_place(*(settled(each) if steers(each) else each for each in lists))
    yield from in_turn(alternatives, settled(grown) if steered else grown)


def steers(links: Iterable[PromptLink]) -> bool:
    """Whether words of the developer's are among these parts."""
    return any(each.surface is not None and each.speaker in DEVELOPERS for each in links)


def settled(links: Iterable[PromptLink]) -> Iterator[PromptLink]:
    """Take messages that cannot be seen for earlier turns, where the developer's words are seen."""
    for each in links:
        unseen = each.surface is None and each.speaker is Speaker.UNKNOWN
        earlier = replace(each, kind=PromptKind.RUNTIME, speaker=Speaker.USER)
        yield earlier if unseen else each


def _of_end(
    reading: Reading, end: Trail, expression: Expression, frame: Frame
) -> Iterator[PromptLink]:
    match end:
        case Found(expression=Series(items=items), frame=inside):
            yield from in_turn(*(_of_item(reading, item, inside) for item in items))
        case Found(
            expression=(Join(parts=parts) | Opaque(what="sum", inner=parts)), frame=inside
        ) if not any(isinstance(each, Text) for each in parts):
            yield from in_turn(*(message_links(reading, each, inside) for each in parts))
        case Found(expression=Text() | Join() as text, frame=inside):
            yield from text_links(reading, text, inside)
        case Found(expression=Table()):
            yield from _of_message(reading, end)
        case Found(expression=Opaque(what="comprehension", inner=(each, _)), frame=inside):
            yield from _of_item(reading, each, inside)
        case Found(expression=Scalar(value=None)):
            return
        case Found(expression=Call() as call, frame=inside):
            made = _made(reading, call, inside)
            at = expression.at.within(frame.path)
            yield from (_unseen(reading, end, at),) if made is None else made
        case Defined(path=path, symbol=symbol):
            yield from _returned(reading, end, path, symbol, expression.at.within(frame.path))
        case _:
            yield _unseen(reading, end, expression.at.within(frame.path))


def _made(reading: Reading, call: Call, frame: Frame) -> Iterator[PromptLink] | None:
    """Read the messages that a call makes, copies or fills in; None for an unknown call."""
    base = filled(call)
    if base is not None:
        found = tuple(message_links(reading, base, frame))
        return in_turn(found, filled_in(reading, call, frame, found))
    maker = maker_of(reading, call, frame)
    if maker is None:
        return None
    given = words_given(maker, call)
    says = reading.by(Speaker(maker.speaker)) if maker.speaker else reading
    match maker.form:
        case "text":
            return in_turn(*(text_links(says, each, frame) for each in given))
        case "messages":
            return in_turn(*(message_links(says.over(()), each, frame) for each in given))
        case "file":
            return in_turn(*(_in_file(says, each, frame) for each in given))
        case "stored":
            return iter((stored(says, call, given, frame),))
        case _:
            at = call.at.within(frame.path)
            return iter((_unseen(says, Lost("it is filled in while the program runs", at), at),))


def _in_file(reading: Reading, path: Expression, frame: Frame) -> Iterator[PromptLink]:
    """Read a prompt that lies in a file whose path is given."""
    at = path.at.within(frame.path)
    for end in document_of(reading.walk, path, frame):
        behind = reading.over(end.hops)
        match end:
            case Found(expression=Table() as table, frame=inside):
                held = _fields(reading, Found(table, inside))
                parts = [held[name] for name in ("messages", "template", "prompt") if name in held]
                yield from in_turn(*(message_links(behind, each, inside) for each in parts))
            case Found(expression=whole, frame=inside):
                yield from message_links(behind, whole, inside)
            case _:
                yield _unseen(behind, end, at)


def _returned(
    reading: Reading, end: Trail, path: str, symbol: str, at: Place
) -> Iterator[PromptLink]:
    """Read the messages that a function returns, when it is given in place of a list."""
    facts = reading.walk.file(path)
    scope = facts.scopes.get(symbol) if facts else None
    if scope is None or not scope.returns:
        yield _unseen(reading, end, at)
        return
    hop = Hop(scope.at.within(path), HopKind.RETURN, detail=symbol)
    behind, inside = reading.over((hop,)), Frame(path, symbol)
    yield from in_place(*(message_links(behind, each, inside) for each in scope.returns))


def _of_item(reading: Reading, item: Expression, frame: Frame) -> Iterator[PromptLink]:
    if isinstance(item, Spread):
        yield from message_links(replace(reading, speaker=Speaker.UNKNOWN), item.value, frame)
        return
    ends = reading.follow(item, frame)
    yield from in_place(*(_of_item_end(reading, end, item, frame) for end in ends))


def _of_item_end(
    reading: Reading, end: Trail, item: Expression, frame: Frame
) -> Iterator[PromptLink]:
    behind = reading.over(end.hops)
    match end:
        case Found(expression=Call() as call, frame=inside) if made := _made(behind, call, inside):
            yield from made
        case Found(expression=Table() | Call()):
            yield from _of_message(behind, end)
        case Found(expression=Series(items=(Text(value=role), content)), frame=inside):
            yield from _of_pair(behind, role, content, inside)
        case Found(expression=Text() | Join() as text, frame=inside):
            yield from text_links(behind, text, inside)
        case _:
            yield _unseen(reading.by(Speaker.UNKNOWN), end, item.at.within(frame.path))


def _of_pair(
    reading: Reading, role: str, content: Expression, frame: Frame
) -> Iterator[PromptLink]:
    """Read a message written as a pair of speaker and words."""
    if role in {"placeholder", "messages_placeholder"}:
        at = content.at.within(frame.path)
        yield _unseen(reading.by(Speaker.USER), Lost("it is filled in by the program", at), at)
    else:
        yield from text_links(reading.by(_said_by(role)), content, frame)


def _of_message(reading: Reading, message: Found) -> Iterator[PromptLink]:
    """Read one message: its speaker from `role`, its words from `content`."""
    fields = _fields(reading, message)
    role = fields.get("role")
    says = reading.by(_speaker(reading, role, message.frame)) if role else reading
    content = fields.get("content")
    later = None if content is not None else _set_later(reading, message)
    if content is not None:
        yield from text_links(says, content, message.frame)
    elif later is not None:
        yield from text_links(says, *later)
    elif role and says.speaker in DEVELOPERS:
        at = message.expression.at.within(message.frame.path)
        yield _unseen(says, Lost("its words are not written beside its role", at), at)
    elif not role and isinstance(message.expression, Call):
        at = message.expression.at.within(message.frame.path)
        yield _unseen(reading.by(Speaker.UNKNOWN), message, at)


def _set_later(reading: Reading, message: Found) -> tuple[Expression, Frame] | None:
    """Give the words that a message gets after it was made: `message["content"] = …`."""
    if not isinstance(message.expression, Table):
        return None
    gained, _ = growth(reading.walk, message.expression, message.frame)
    for key, value, frame in gained:
        if isinstance(key, Text) and key.value == "content":
            return value, frame
    return None


def _fields(reading: Reading, message: Found) -> dict[str, Expression]:
    match message.expression:
        case Table(entries=entries):
            named = (
                (e.key and known_key(reading.walk, e.key, message.frame), e.value) for e in entries
            )
            return {str(key): value for key, value in named if isinstance(key, str)}
        case Call(keywords=keywords):
            return {each.name: each.value for each in keywords if each.name}
        case _:
            return {}


def _speaker(reading: Reading, role: Expression, frame: Frame) -> Speaker:
    key = known_key(reading.walk, role, frame)
    return _said_by(key) if isinstance(key, str) else Speaker.UNKNOWN


def _said_by(role: str) -> Speaker:
    """Tell who speaks; the speakers of other libraries by the names that they have there."""
    role = _OTHER_ROLES.get(role.lower(), role.lower())
    return Speaker(role) if role in set(Speaker) else Speaker.USER


def _grown(reading: Reading, expression: Expression, frame: Frame) -> Iterator[PromptLink]:
    """Read messages added to a named list before the call: `append`, `extend`, `+=`."""
    facts = reading.walk.file(frame.path)
    scope = facts.scopes.get(frame.symbol) if facts else None
    if scope is None or not isinstance(expression, Name):
        return
    before = (e for e in scope.bindings if e.name == expression.name and e.at < expression.at)
    yield from in_turn(*(_added(reading, each, frame) for each in before))


def _grown_elsewhere(reading: Reading, ends: Iterable[Trail], frame: Frame) -> Iterator[PromptLink]:
    """Read messages added where a list was made, when that is not the call's own function."""
    for end in ends:
        if not isinstance(end, Found) or not isinstance(end.expression, Series):
            continue
        inside = end.frame
        facts = reading.walk.file(inside.path)
        name = name_of(facts, end.expression) if facts else None
        scope = facts.scopes.get(inside.symbol) if facts else None
        if scope is None or (inside.path, inside.symbol) == (frame.path, frame.symbol):
            continue
        named = (each for each in scope.bindings if each.name == name)
        yield from in_turn(*(_added(reading.over(end.hops), each, inside) for each in named))


def _added(reading: Reading, binding: Binding, frame: Frame) -> Iterator[PromptLink]:
    if binding.value is None:
        return
    if binding.how == "augmented" or (binding.how == "call" and binding.key == "extend"):
        yield from message_links(replace(reading, speaker=Speaker.UNKNOWN), binding.value, frame)
    elif binding.grows:
        yield from _of_item(reading, binding.value, frame)


def _unseen(reading: Reading, end: Trail, at: Place) -> PromptLink:
    """Stand for messages that arrive while the program runs, or that cannot be followed."""
    caller = isinstance(end, Lost) and end.caller
    theirs = caller or reading.speaker is Speaker.USER
    return PromptLink(
        surface=None,
        path=at.path,
        line=at.line,
        kind=PromptKind.RUNTIME if theirs else PromptKind.UNKNOWN,
        speaker=reading.speaker,
        confidence=Confidence.CERTAIN,
        via=end.hops,
        reason=end.reason if isinstance(end, Lost) else "the messages cannot be followed",
    )
