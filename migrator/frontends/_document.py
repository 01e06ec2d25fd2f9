"""Make the facts of a file that holds a value and runs nothing."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator

from migrator.domain.expression import Expression, Series, Table, Text
from migrator.domain.facts import FileFacts, Pragma, Scope, ScopeKind, StringUse, Use
from migrator.frontends._lines import Lines

PRAGMA = re.compile(
    r"#\s*migrate:\s*(?P<verb>ignore|pin|accept)\b\s*(?:\[\s*(?P<rule>[\w-]*)\s*\])?"
    r"\s*(?:--\s*(?P<reason>.*))?"
)


class UnreadableError(ValueError):
    """The bytes are not a document of the language they were taken for."""


def decoded(content: bytes) -> str:
    """Give the text of a document without its byte order mark.

    Raises UnreadableError when it is not UTF-8.
    """
    try:
        return content.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableError(f"not UTF-8: byte {error.start}") from error


def document_facts(
    path: str,
    language: str,
    document: Expression,
    lines: Lines,
    pragmas: tuple[Pragma, ...] = (),
) -> FileFacts:
    """Give the facts of a file whose whole content is one value."""
    module = Scope(
        symbol="",
        kind=ScopeKind.MODULE,
        parent=None,
        at=lines.span(lines.starts[1], lines.starts[1]),
        end_line=lines.last_line,
    )
    strings = sorted(_strings(document, Use.VALUE), key=lambda each: each.at)
    return FileFacts(
        path=path,
        language=language,
        module="",
        scopes={"": module},
        imports=(),
        invocations=(),
        strings=tuple(strings),
        pragmas=pragmas,
        document=document,
    )


def comment_pragmas(lines: Lines, outside: Iterable[tuple[int, int]]) -> tuple[Pragma, ...]:
    """List the pragmas in `#` comments; `outside` are the byte ranges in which a `#` is text."""
    content = lines.content
    if b"migrate:" not in content:
        return ()
    taken = tuple(outside)
    found: list[Pragma] = []
    for match in re.finditer(rb"#[ \t]*migrate:", content):
        place = match.start()
        if any(start <= place < end for start, end in taken):
            continue
        comment = content[place:].splitlines()[0]
        said = PRAGMA.match(comment.decode("utf-8", "replace"))
        if said:
            found.append(_pragma(lines, place, place + len(comment), said))
    return tuple(found)


def _pragma(lines: Lines, start: int, end: int, said: re.Match[str]) -> Pragma:
    at = lines.span(start, end)
    alone = not lines.content[lines.starts[at.line] : start].strip()
    return Pragma(
        at=at,
        verb=said["verb"],
        rule=said["rule"] or "",
        reason=(said["reason"] or "").strip(),
        target_line=_next_entry(lines, at.line) if alone else at.line,
    )


def _next_entry(lines: Lines, row: int) -> int:
    for number in range(row + 1, lines.last_line + 1):
        stripped = lines.content[lines.starts[number] :].partition(b"\n")[0].strip()
        if stripped and not stripped.startswith(b"#"):
            return number
    return row


def _strings(document: Expression, use: Use) -> Iterator[StringUse]:
    """Yield each text of a document once, with the key that it stands under."""
    seen: set[int] = set()
    pending: list[tuple[Expression, Use, str, str]] = [(document, use, "", "")]
    while pending:
        expression, use, name, owner = pending.pop()
        if id(expression) in seen:
            continue  # shared by anchors
        seen.add(id(expression))
        match expression:
            case Text(at=at, value=value):
                yield StringUse(at, value, use, "", name, owner)
            case Series(items=items):
                pending += [(each, Use.MEMBER, "", name) for each in items]
            case Table(entries=entries):
                for entry in entries:
                    key = entry.key.value if isinstance(entry.key, Text) else ""
                    pending.append((entry.value, Use.VALUE, key, name))
                    if entry.key is not None:
                        pending.append((entry.key, Use.KEY, "", name))
            case _:
                pass
