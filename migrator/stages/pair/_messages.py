"""Read a list of messages: who speaks, and with what words."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.expression import (
    Call,
    Expression,
    Join,
    Name,
    Opaque,
    Series,
    Spread,
    Table,
    Text,
)
from migrator.domain.prompt import PromptKind, PromptLink, Speaker
from migrator.domain.source import Place
from migrator.domain.trail import Confidence, Found, Frame, Lost, Trail
from migrator.following.items import known_key
from migrator.following.port import Walk
from migrator.stages.pair._texts import text_links

GROWING = frozenset({"append", "extend", "insert"})
MOST_NESTED = 6


def message_links(walk: Walk, value: Found, speaker: Speaker) -> Iterator[PromptLink]:
    """Give the parts of a message list in order; a plain string is one message of `speaker`."""
    yield from _of_list(walk, value.expression, value.frame, speaker, 0)


def _of_list(
    walk: Walk, expression: Expression, frame: Frame, speaker: Speaker, depth: int
) -> Iterator[PromptLink]:
    if depth > MOST_NESTED:
        return
    for end in walk.follow(expression, frame):
        match end:
            case Found(expression=Series(items=items), frame=inside):
                for item in items:
                    yield from _of_item(walk, item, inside, speaker, depth)
            case Found(
                expression=(Join(parts=parts) | Opaque(what="sum", inner=parts)),
                frame=inside,
            ) if not any(isinstance(each, Text) for each in parts):
                for each in parts:
                    yield from _of_list(walk, each, inside, speaker, depth + 1)
            case Found(expression=Text() | Join()):
                yield from text_links(walk, expression, frame, speaker)
                return
            case Found(expression=Table()):
                yield from _of_message(walk, end, speaker)
            case _:
                yield _unseen(end, expression.at.within(frame.path))
    yield from _grown(walk, expression, frame, speaker, depth)


def _of_item(
    walk: Walk, item: Expression, frame: Frame, speaker: Speaker, depth: int
) -> Iterator[PromptLink]:
    if isinstance(item, Spread):
        for end in walk.follow(item.value, frame):
            if isinstance(end, Found) and isinstance(end.expression, Series):
                yield from _of_list(walk, item.value, frame, speaker, depth + 1)
            else:
                yield _history(item.at.within(frame.path))
        return
    for end in walk.follow(item, frame):
        if isinstance(end, Found) and isinstance(end.expression, Table | Call):
            yield from _of_message(walk, end, speaker)
        elif isinstance(end, Found) and isinstance(end.expression, Text | Join):
            yield from text_links(walk, item, frame, speaker)
        else:
            yield _history(item.at.within(frame.path))


def _of_message(walk: Walk, message: Found, speaker: Speaker) -> Iterator[PromptLink]:
    """Read one message: its speaker from `role`, its words from `content`."""
    fields = _fields(walk, message)
    role = fields.get("role")
    says = _speaker(walk, role, message.frame) if role else speaker
    content = fields.get("content")
    if content is not None:
        yield from text_links(walk, content, message.frame, says)
    elif not role:
        yield _history(message.expression.at.within(message.frame.path))


def _fields(walk: Walk, message: Found) -> dict[str, Expression]:
    match message.expression:
        case Table(entries=entries):
            named = ((e.key and known_key(walk, e.key, message.frame), e.value) for e in entries)
            return {str(key): value for key, value in named if isinstance(key, str)}
        case Call(keywords=keywords):
            return {each.name: each.value for each in keywords if each.name}
        case _:
            return {}


def _speaker(walk: Walk, role: Expression, frame: Frame) -> Speaker:
    key = known_key(walk, role, frame)
    if isinstance(key, str) and key in set(Speaker):
        return Speaker(key)
    return Speaker.UNKNOWN if key is None else Speaker.USER


def _grown(
    walk: Walk, expression: Expression, frame: Frame, speaker: Speaker, depth: int
) -> Iterator[PromptLink]:
    """Read messages added to a named list before the call: `messages.append(…)`."""
    facts = walk.file(frame.path)
    scope = facts.scopes.get(frame.symbol) if facts else None
    if scope is None or not isinstance(expression, Name):
        return
    for binding in scope.bindings:
        if binding.name != expression.name or binding.how != "call" or binding.value is None:
            continue
        if binding.at.start > expression.at.start or binding.key not in GROWING:
            continue
        if binding.key == "extend":
            yield from _of_list(walk, binding.value, frame, speaker, depth + 1)
        else:
            yield from _of_item(walk, binding.value, frame, speaker, depth)


def _history(at: Place) -> PromptLink:
    """Stand for messages that arrive while the program runs: earlier turns, a user's words."""
    return PromptLink(
        surface=None,
        path=at.path,
        line=at.line,
        kind=PromptKind.RUNTIME,
        speaker=Speaker.USER,
        confidence=Confidence.CERTAIN,
        reason="messages that arrive at run time",
    )


def _unseen(end: Trail, at: Place) -> PromptLink:
    caller = isinstance(end, Lost) and end.caller
    reason = end.reason if isinstance(end, Lost) else "the list of messages cannot be followed"
    return PromptLink(
        surface=None,
        path=at.path,
        line=at.line,
        kind=PromptKind.RUNTIME if caller else PromptKind.UNKNOWN,
        speaker=Speaker.UNKNOWN,
        confidence=Confidence.CERTAIN,
        via=end.hops,
        reason=reason,
    )
