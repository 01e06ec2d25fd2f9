"""Make the facts of a file that holds a value and runs nothing."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from migrator.domain.expression import Expression, Series, Table, Text
from migrator.domain.facts import FileFacts, Pragma, Scope, ScopeKind, StringUse, Use
from migrator.domain.staying import STAYS
from migrator.frontends._lines import Lines

PRAGMA = re.compile(
    r"#\s*migrate:\s*(?P<verb>ignore|pin|accept)\b\s*(?:\[\s*(?P<rule>[\w-]*)\s*\])?"
    r"\s*(?:--\s*(?P<reason>.*))?"
)

REMARK = re.compile(
    r"#(?i:.*?)\b(?:(?P<keep>(?i:pinned|must stay|do(?:n't|n’t| not) (?:ever )?"
    r"(?:bump|change|modify|replace|touch|update|upgrade)|never (?:bump|change|update|upgrade)))"
    r"|(?P<cheap>(?i:cheap(?:er|est)?|low[- ]cost)))\b"
)
_LINE = re.compile(rb"[^\r\n]*")
_HINT = re.compile(
    rb"(?i)migrate:|#[^\n]*(?:pinned|must stay|cheap|low[- ]cost"
    rb"|(?:never|do(?:n't|n\xe2\x80\x99t| not)) (?:ever )?"
    rb"(?:bump|change|modify|replace|swap|touch|up)"
    rb"|(?:exact|very|specific) model|model (?:is never|(?:may|must|should) (?:never|not)))"
)


def speaks(content: bytes) -> bool:
    """Whether a file may hold a comment that speaks of a line."""
    return _HINT.search(content) is not None


def said_in(comment: str) -> Said | None:
    """Read a comment: what it says to this tool, or else what it says to people."""
    pragma = PRAGMA.search(comment)
    if pragma:
        reason = (pragma["reason"] or "").strip()
        return Said(pragma["verb"], pragma["rule"] or "", reason, pragma.start(), pragma.end())
    if "migrate:" in comment:
        return None
    if STAYS.search(comment):
        return Said("fixed", "", "", 0, len(comment))
    remark = REMARK.search(comment)
    if remark:
        return Said("keep" if remark["keep"] else "cheap", "", "", 0, len(comment))
    return None


@dataclass(frozen=True, slots=True)
class Said:
    """What a comment says: as in `Pragma`, and from where to where in the comment."""

    verb: str
    rule: str
    reason: str
    start: int
    end: int


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
    if not speaks(content):
        return ()
    taken = tuple(outside)
    found: list[Pragma] = []
    end = 0
    for match in re.finditer(rb"#", content):
        place = match.start()
        if place < end or any(first <= place < last for first, last in taken):
            continue
        comment = _LINE.match(content, place)[0]  # type: ignore[index]  # it matches anything
        end = place + len(comment)
        said = said_in(comment.decode("utf-8", "replace"))
        if said:
            found.append(_pragma(lines, place, end, said))
    return tuple(found)


def _pragma(lines: Lines, start: int, end: int, said: Said) -> Pragma:
    at = lines.span(start, end)
    alone = not lines.content[lines.starts[at.line] : start].strip()
    return Pragma(
        at=at,
        verb=said.verb,
        rule=said.rule,
        reason=said.reason,
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
