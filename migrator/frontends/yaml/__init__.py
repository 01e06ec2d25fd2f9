"""Read and edit YAML."""

from __future__ import annotations

from migrator.domain.expression import Expression, Scalar, Series
from migrator.domain.facts import FileFacts
from migrator.domain.frontend import FrontEnd
from migrator.domain.source import Skipped, SourceFile
from migrator.frontends._document import UnreadableError, comment_pragmas, document_facts, speaks
from migrator.frontends._lines import Lines
from migrator.frontends._outline import Leaf, lower_in, prove_in

LANGUAGE = "yaml"


def read(source: SourceFile) -> FileFacts | Skipped:
    """Read a YAML file into the value that it holds, or give the reason why not."""
    from migrator.frontends.yaml._compose import outline, scalars, trees

    lines = Lines(source.content)
    try:
        document = _whole(lines, trees(lines))
        outside = scalars(outline(source.content)) if speaks(source.content) else []
    except UnreadableError as error:
        return Skipped(source.path, str(error), unread=True)
    except (RecursionError, MemoryError):
        return Skipped(source.path, "nested too deep to be read", unread=True)
    pragmas = comment_pragmas(lines, outside)
    return document_facts(source.path, LANGUAGE, document, lines, pragmas)


def _whole(lines: Lines, documents: tuple[Expression, ...]) -> Expression:
    at = lines.span(lines.starts[1], len(lines.content))
    match documents:
        case ():
            return Scalar(at, None)
        case (only,):
            return only
        case _:
            return Series(at, documents, "documents")


def _outline(content: bytes) -> tuple[Leaf, ...]:
    from migrator.frontends.yaml._compose import outline

    return outline(content)


FRONT_END = FrontEnd(
    language=LANGUAGE,
    suffixes=(".yaml", ".yml"),
    read=read,
    lower=lower_in(_outline),
    prove=prove_in(_outline),
    program=False,
)
