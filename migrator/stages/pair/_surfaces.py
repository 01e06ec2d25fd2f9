"""Make prompt surfaces of literal text."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from migrator.domain.prompt import PromptKind, PromptSurface, Speaker
from migrator.domain.source import Location, SourceFile, locate

PLACEHOLDER = "{…}"
WORD = re.compile(r"[^\W\d_][\w'-]*")


def words_of(text: str) -> int:
    """Count the words of a text; placeholders and numbers are none."""
    return len(WORD.findall(text))


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


def surface_of_lines(source: SourceFile, line: int, language: str) -> PromptSurface:
    """Make a surface of a prompt file from a line to its end."""
    lines = source.content.splitlines(keepends=True)
    start = sum(len(each) for each in lines[: line - 1])
    text = source.content[start:].decode("utf-8", "replace")
    at = locate(source.content, min(start, len(source.content)), len(source.content))
    written = Written(
        path=source.path,
        language=language,
        at=at,
        end_line=max(len(lines), line),
        pieces=(at,),
        text=text,
    )
    return make_surface(written, PromptKind.FILE, Speaker.INSTRUCTIONS)
