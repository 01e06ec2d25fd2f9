"""Make prompt surfaces of literal text."""

from __future__ import annotations

import hashlib
import re

from migrator.domain.prompt import PromptKind, PromptSurface, Speaker
from migrator.domain.source import Location, SourceFile, locate

PLACEHOLDER = "{…}"
WORD = re.compile(r"[^\W\d_][\w'-]*")


def words_of(text: str) -> int:
    """Count the words of a text; placeholders and numbers are none."""
    return len(WORD.findall(text))


def make_surface(
    *,
    path: str,
    at: Location,
    end_line: int,
    kind: PromptKind,
    speaker: Speaker,
    text: str,
    language: str,
    pieces: tuple[Location, ...],
    editable: bool = True,
) -> PromptSurface:
    """Make a surface; its id is a hash of path, speaker and text, so moved lines keep it."""
    stripped = text.strip()
    name = "\0".join((path, speaker.value, text))
    return PromptSurface(
        id="p" + hashlib.sha256(name.encode()).hexdigest()[:10],
        path=path,
        at=at,
        end_line=end_line,
        kind=kind,
        speaker=speaker,
        text=text,
        editable=editable,
        words=words_of(text),
        lines=stripped.count("\n") + 1 if stripped else 0,
        language=language,
        pieces=pieces,
    )


def surface_of_lines(source: SourceFile, line: int, language: str) -> PromptSurface:
    """Make a surface of a prompt file from a line to its end."""
    lines = source.content.splitlines(keepends=True)
    start = sum(len(each) for each in lines[: line - 1])
    text = source.content[start:].decode("utf-8", "replace")
    at = locate(source.content, min(start, len(source.content)), len(source.content))
    return make_surface(
        path=source.path,
        at=at,
        end_line=max(len(lines), line),
        kind=PromptKind.FILE,
        speaker=Speaker.INSTRUCTIONS,
        text=text,
        language=language,
        pieces=(at,),
    )
