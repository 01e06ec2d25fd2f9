"""Read Prompty files: a header of settings, then messages of named speakers, each a template.

How speakers are named was read from the parser of prompty 2.1.0 on 2026-11-25.
"""

from __future__ import annotations

import re

from migrator.domain.expression import Entry, Expression, Join, Series, Table, Text
from migrator.domain.facts import FileFacts
from migrator.domain.frontend import FrontEnd
from migrator.domain.source import Skipped, SourceFile
from migrator.frontends._document import UnreadableError, decoded, document_facts
from migrator.frontends._lines import Lines
from migrator.frontends._outline import Leaf, lower_in, prove_in
from migrator.frontends.jinja import template_parts

LANGUAGE = "prompty"
_HEADER = re.compile(rb"---[ \t]*\r?\n.*?\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_SPEAKER = re.compile(
    rb"^[ \t]*#?[ \t]*(?P<role>system|developer|user|assistant)(?:\[[^\]\r\n]*\])?"
    rb"[ \t]*:[ \t]*\r?$",
    re.MULTILINE | re.IGNORECASE,
)


def read(source: SourceFile) -> FileFacts | Skipped:
    """Read a file into its messages, or give the reason why not."""
    lines = Lines(source.content)
    try:
        decoded(source.content)
    except UnreadableError as error:
        return Skipped(source.path, str(error), unread=True)
    at = lines.span(lines.starts[1], len(source.content))
    messages = Series(at, _messages(lines))
    document = Table(at, (Entry(Text(messages.at, "messages"), messages),))
    return document_facts(source.path, LANGUAGE, document, lines)


def _messages(lines: Lines) -> tuple[Expression, ...]:
    """Give the messages; words before the first speaker's name are the system's."""
    content, first = lines.content, _body(lines)
    found: list[Expression] = []
    role = Text(lines.span(first, first), "system")
    start = first
    for match in _SPEAKER.finditer(content, first):
        found += _message(lines, role, start, match.start())
        named = match["role"].decode().lower()
        role = Text(lines.span(*match.span("role")), named)
        start = match.end()
    return (*found, *_message(lines, role, start, len(content)))


def _message(lines: Lines, role: Text, start: int, end: int) -> list[Expression]:
    words = lines.content[start:end]
    start += len(words) - len(words.lstrip())
    end = start + len(words.strip())
    if start >= end:
        return []
    at = lines.span(start, end)
    parts = template_parts(lines, start, end)
    content = parts[0] if len(parts) == 1 else Join(at, parts)
    # The names are written nowhere: they stand before what they name, and are no part of it.
    names = (lines.span(each.start, each.start) for each in (role.at, at))
    entries = map(Entry, map(Text, names, ("role", "content")), (role, content))
    return [Table(at, tuple(entries))]


def _body(lines: Lines) -> int:
    header = _HEADER.match(lines.content, lines.starts[1])
    return header.end() if header else lines.starts[1]


def _outline(content: bytes) -> tuple[Leaf, ...]:
    decoded(content)
    return (Leaf(0, len(content), "prompty", content.decode("utf-8")),)


FRONT_END = FrontEnd(
    language=LANGUAGE,
    suffixes=(".prompty",),
    read=read,
    lower=lower_in(_outline),
    prove=prove_in(_outline),
    program=False,
)
