"""Read and edit TOML."""

from __future__ import annotations

from migrator.domain.facts import FileFacts
from migrator.domain.frontend import FrontEnd
from migrator.domain.source import Skipped, SourceFile
from migrator.frontends._document import UnreadableError, comment_pragmas, document_facts
from migrator.frontends._lines import Lines
from migrator.frontends._outline import Leaf, lower_in, prove_in

LANGUAGE = "toml"


def read(source: SourceFile) -> FileFacts | Skipped:
    """Read a TOML file into the table that it holds, or give the reason why not."""
    from migrator.frontends.toml._scan import texts, tree_and_outline

    lines = Lines(source.content)
    try:
        table, leaves = tree_and_outline(lines)
    except UnreadableError as error:
        return Skipped(source.path, str(error), unread=True)
    except (RecursionError, MemoryError):
        return Skipped(source.path, "nested too deep to be read", unread=True)
    return document_facts(
        source.path, LANGUAGE, table, lines, comment_pragmas(lines, texts(leaves))
    )


def _outline(content: bytes) -> tuple[Leaf, ...]:
    from migrator.frontends.toml._scan import tree_and_outline

    return tree_and_outline(Lines(content))[1]


FRONT_END = FrontEnd(
    language=LANGUAGE,
    suffixes=(".toml",),
    read=read,
    lower=lower_in(_outline),
    prove=prove_in(_outline),
    program=False,
)
