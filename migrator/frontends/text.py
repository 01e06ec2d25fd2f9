"""Read prompt files: plain text and Markdown are one text, as they stand."""

from __future__ import annotations

from migrator.domain.expression import Text
from migrator.domain.facts import FileFacts
from migrator.domain.frontend import FrontEnd
from migrator.domain.source import Skipped, SourceFile
from migrator.frontends._document import UnreadableError, decoded, document_facts
from migrator.frontends._lines import Lines
from migrator.frontends._outline import Leaf, lower_in, prove_in

LANGUAGE = "text"


def read(source: SourceFile) -> FileFacts | Skipped:
    """Read a file into its text, or give the reason why not."""
    lines = Lines(source.content)
    try:
        text = decoded(source.content)
    except UnreadableError as error:
        return Skipped(source.path, str(error), unread=True)
    at = lines.span(lines.starts[1], len(source.content))
    return document_facts(source.path, LANGUAGE, Text(at, text), lines)


def _outline(content: bytes) -> tuple[Leaf, ...]:
    return (Leaf(0, len(content), "text", decoded(content)),)


FRONT_END = FrontEnd(
    language=LANGUAGE,
    suffixes=(".txt", ".md", ".markdown", ".mdx", ".rst", ".prompt", ".tmpl", ".tpl", ".template"),
    read=read,
    lower=lower_in(_outline),
    prove=prove_in(_outline),
    program=False,
)
