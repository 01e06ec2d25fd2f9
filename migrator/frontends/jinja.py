"""Read prompt files that are Jinja templates: their words, with what is filled in between."""

from __future__ import annotations

import re

from migrator.domain.expression import Expression, Join, Opaque, Text
from migrator.domain.facts import FileFacts
from migrator.domain.frontend import FrontEnd
from migrator.domain.source import Skipped, SourceFile
from migrator.frontends._document import UnreadableError, decoded, document_facts
from migrator.frontends._lines import Lines
from migrator.frontends._outline import Leaf, lower_in, prove_in

LANGUAGE = "jinja"
_TAG = re.compile(
    rb"\{%[-+]?\s*raw\s*[-+]?%\}(?P<raw>.*?)\{%[-+]?\s*endraw\s*[-+]?%\}"
    rb"|(?P<comment>\{#.*?#\})|(?P<field>\{\{.*?\}\})|(?P<statement>\{%.*?%\})",
    re.DOTALL,
)
_OTHER_TEMPLATE = re.compile(
    rb"\{%[-+]?\s*(?:include|extends|import|from)\s+(?P<quote>[\"'])(?P<name>[^\"'\r\n]+)(?P=quote)"
)


def read(source: SourceFile) -> FileFacts | Skipped:
    """Read a template into its words and fields, or give the reason why not."""
    lines = Lines(source.content)
    try:
        decoded(source.content)
    except UnreadableError as error:
        return Skipped(source.path, str(error), unread=True)
    start = lines.starts[1]
    at = lines.span(start, len(source.content))
    parts = template_parts(lines, start, len(source.content))
    return document_facts(source.path, LANGUAGE, Join(at, parts), lines)


def template_parts(lines: Lines, start: int, end: int) -> tuple[Expression, ...]:
    """Give the words and tags of a stretch of a template; comments are left out."""
    parts: list[Expression] = []
    for match in _TAG.finditer(lines.content, start, end):
        parts += _words(lines, start, match.start())
        start = match.end()
        if match["raw"] is not None:
            parts += _words(lines, *match.span("raw"))
        elif match["comment"] is None:
            parts.append(_tag(lines, match))
    return (*parts, *_words(lines, start, end))


def template_leaves(lines: Lines, start: int, end: int) -> tuple[Leaf, ...]:
    """Give the same as an edit sees it: words that may grow, and tags that stay."""
    return tuple(
        Leaf(each.at.start, each.at.end, "words", each.value)
        if isinstance(each, Text)
        else Leaf(each.at.start, each.at.end, lines.content[each.at.start : each.at.end])
        for each in template_parts(lines, start, end)
    )


def _words(lines: Lines, start: int, end: int) -> list[Expression]:
    if start >= end:
        return []
    return [Text(lines.span(start, end), lines.content[start:end].decode("utf-8"))]


def _tag(lines: Lines, match: re.Match[bytes]) -> Expression:
    at = lines.span(*match.span())
    if match["field"] is not None:
        return Opaque(at, "template field")
    named = _OTHER_TEMPLATE.match(match[0])
    if named is None:
        return Opaque(at, "template statement")
    start = match.start() + named.start("name")
    name = Text(lines.span(start, start + len(named["name"])), named["name"].decode())
    return Opaque(at, "other template", (name,))


def _outline(content: bytes) -> tuple[Leaf, ...]:
    decoded(content)
    lines = Lines(content)
    return template_leaves(lines, lines.starts[1], len(content))


FRONT_END = FrontEnd(
    language=LANGUAGE,
    suffixes=(".jinja", ".jinja2", ".j2"),
    read=read,
    lower=lower_in(_outline),
    prove=prove_in(_outline),
    program=False,
)
