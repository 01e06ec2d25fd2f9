"""Read and edit JSON."""

from __future__ import annotations

from migrator.domain.facts import FileFacts
from migrator.domain.frontend import FrontEnd
from migrator.domain.source import Skipped, SourceFile
from migrator.frontends._document import UnreadableError, document_facts
from migrator.frontends._lines import Lines
from migrator.frontends._outline import Leaf, lower_in, prove_in

LANGUAGE = "json"


def read(source: SourceFile) -> FileFacts | Skipped:
    """Read a JSON file into the value that it holds, or give the reason why not."""
    from migrator.frontends.json._scan import tree

    lines = Lines(source.content)
    try:
        return document_facts(source.path, LANGUAGE, tree(lines), lines)
    except UnreadableError as error:
        return Skipped(source.path, str(error), unread=True)
    except (RecursionError, MemoryError):
        return Skipped(source.path, "nested too deep to be read", unread=True)


def _outline(content: bytes) -> tuple[Leaf, ...]:
    from migrator.frontends.json._scan import outline

    return outline(content)


FRONT_END = FrontEnd(
    language=LANGUAGE,
    suffixes=(".json",),
    read=read,
    lower=lower_in(_outline),
    prove=prove_in(_outline),
    program=False,
)
