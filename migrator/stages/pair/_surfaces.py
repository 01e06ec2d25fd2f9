"""Make prompt surfaces of literal text."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from migrator.domain.expression import Join, Text
from migrator.domain.facts import FileFacts
from migrator.domain.prompt import PromptKind, PromptSurface, Speaker
from migrator.domain.source import Location, last_line, locate
from migrator.following.port import Walk

PLACEHOLDER = "{…}"
WORD = re.compile(r"[^\W\d_][\w'-]*")
# What a template fills in: `{name}`, `{{ name }}`, `{% … %}`, `$name`, `${name}`.
HOLE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\$?\{[\w.\[\]!:]*\}|\$[a-z_]\w*", re.DOTALL)


def words_of(text: str) -> int:
    """Count the words of a text; placeholders and numbers are none."""
    return len(WORD.findall(HOLE.sub(" ", text)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Where a text is written, in what language and pieces, and how it reads."""

    path: str
    language: str
    at: Location
    end_line: int
    pieces: tuple[Location, ...]
    text: str


def make_surface(
    written: Written, kind: PromptKind, speaker: Speaker, *, editable: bool = True
) -> PromptSurface:
    """Make a surface; its id is a hash of path, speaker and text, so moved lines keep it."""
    text = written.text
    stripped = text.strip()
    name = "\0".join((written.path, speaker.value, text))
    return PromptSurface(
        id="p" + hashlib.sha256(name.encode()).hexdigest()[:10],
        path=written.path,
        at=written.at,
        end_line=written.end_line,
        kind=kind,
        speaker=speaker,
        text=text,
        editable=editable,
        words=words_of(text),
        lines=stripped.count("\n") + 1 if stripped else 0,
        language=written.language,
        pieces=written.pieces,
    )


def surface_at(walk: Walk, path: str, line: int) -> PromptSurface | None:
    """Make a surface of the text that a person says stands at a line; None when there is none.

    In a program or a file of data that is the string there, in any other file all from that line.
    """
    facts, content = walk.file(path), walk.source.content(path)
    if not content:
        return None
    whole = facts is None or isinstance(facts.document, Text | Join)
    found = _rest(content, line) if whole or facts is None else _string(facts, content, line)
    if found is None:
        return None
    at, text = found
    written = Written(
        path=path,
        language=facts.language if facts else "",
        at=at,
        end_line=last_line(content, at),
        pieces=(at,),
        text=text,
    )
    kind = PromptKind.CONSTANT if facts and facts.document is None else PromptKind.FILE
    return make_surface(written, kind, Speaker.INSTRUCTIONS)


def _rest(content: bytes, line: int) -> tuple[Location, str]:
    before = content.splitlines(keepends=True)[: line - 1]
    start = sum(len(each) for each in before)
    return locate(content, start, len(content)), content[start:].decode("utf-8", "replace")


def _string(facts: FileFacts, content: bytes, line: int) -> tuple[Location, str] | None:
    for each in facts.strings:
        last = last_line(content, each.at)
        if each.at.line <= line <= last and words_of(each.value):
            return each.at, each.value
    return None
