"""Read Prompty files: a header of settings, then messages of named speakers, each a template.

How speakers are named was read from the parser of prompty 2.1.0 on 2026-11-25.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from migrator.domain.expression import Entry, Expression, Join, Series, Table, Text
from migrator.domain.facts import FileFacts
from migrator.domain.frontend import FrontEnd
from migrator.domain.source import Location, Skipped, SourceFile
from migrator.frontends._document import UnreadableError, decoded, document_facts
from migrator.frontends._lines import Lines
from migrator.frontends._outline import Leaf, lower_in, prove_in
from migrator.frontends.jinja import template_leaves, template_parts

LANGUAGE = "prompty"
_HEADER = re.compile(rb"---[ \t]*\r?\n.*?\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_SPEAKER = re.compile(
    rb"^[ \t]*#?[ \t]*(?P<role>system|developer|user|assistant)(?:\[[^\]\r\n]*\])?"
    rb"[ \t]*:[ \t]*\r?$",
    re.MULTILINE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A message at bytes `[start, end)`, and who speaks it."""

    role: Text
    start: int
    end: int


def read(source: SourceFile) -> FileFacts | Skipped:
    """Read a file into its messages, or give the reason why not."""
    lines = Lines(source.content)
    try:
        decoded(source.content)
    except UnreadableError as error:
        return Skipped(source.path, str(error), unread=True)
    at = lines.span(lines.starts[1], len(source.content))
    messages = Series(at, _messages(lines))
    document = Table(at, (Entry(_key(messages.at, "messages"), messages),))
    return document_facts(source.path, LANGUAGE, document, lines)


def _messages(lines: Lines) -> tuple[Expression, ...]:
    return tuple(_message(lines, each) for each in _stretches(lines))


def _stretches(lines: Lines) -> Iterator[_Stretch]:
    """Give the messages; words before the first speaker's name are the system's."""
    content, first = lines.content, _body(lines)
    role = _key(lines.span(first, first), "system")
    start = first
    for match in _SPEAKER.finditer(content, first):
        yield from _stretch(content, role, start, match.start())
        named = match["role"].decode().lower()
        role = Text(lines.span(*match.span("role")), named)
        start = match.end()
    yield from _stretch(content, role, start, len(content))


def _stretch(content: bytes, role: Text, start: int, end: int) -> Iterator[_Stretch]:
    words = content[start:end]
    start += len(words) - len(words.lstrip())
    end = start + len(words.strip())
    if start < end:
        yield _Stretch(role, start, end)


def _message(lines: Lines, own: _Stretch) -> Expression:
    at = lines.span(own.start, own.end)
    parts = template_parts(lines, own.start, own.end)
    content = parts[0] if len(parts) == 1 else Join(at, parts)
    entries = (Entry(_key(own.role.at, "role"), own.role), Entry(_key(at, "content"), content))
    return Table(at, entries)


def _key(at: Location, name: str) -> Text:
    """Name what the file leaves unnamed; it stands at no place of its own."""
    return Text(at, name, written=name)


def _body(lines: Lines) -> int:
    header = _HEADER.match(lines.content, lines.starts[1])
    return header.end() if header else lines.starts[1]


def _outline(content: bytes) -> tuple[Leaf, ...]:
    """List the words and tags of each message, and between them what no edit may touch."""
    decoded(content)
    lines = Lines(content)
    leaves: list[Leaf] = []
    end = 0
    for each in _stretches(lines):
        leaves.append(Leaf(end, each.start, content[end : each.start]))
        leaves += template_leaves(lines, each.start, each.end)
        end = each.end
    return (*leaves, Leaf(end, len(content), content[end:]))


FRONT_END = FrontEnd(
    language=LANGUAGE,
    suffixes=(".prompty",),
    read=read,
    lower=lower_in(_outline),
    prove=prove_in(_outline),
    program=False,
)
