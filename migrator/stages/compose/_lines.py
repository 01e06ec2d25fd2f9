"""Split a prompt into lines, and tell what kind of line each is."""

from __future__ import annotations

import re
from dataclasses import dataclass

# What is woven in: our own mark for it, and the placeholders of the usual template languages.
PLACEHOLDER = re.compile(
    r"\{…\}|\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\{[A-Za-z_][\w.\[\]]*(?:![rs])?(?::[^{}]*)?\}"
    r"|%\(\w+\)[sdr]|%s|\$\{\w+\}|\$[A-Za-z_]\w*|<<\w+>>",
    re.DOTALL,
)
HEADING = re.compile(
    r"[ \t]*(?P<marks>#{1,6})[ \t]+(?P<words>\S.*?)(?P<closing>[ \t]+#{1,6})?[ \t]*"
)
BOLD = re.compile(r"[ \t]*\*\*(?P<words>[^*]+?)(?P<colon>:?)\*\*(?P<after>:?)[ \t]*")
LABEL = re.compile(r"[ \t]*(?P<words>[A-Z][\w /'&()-]{1,48}):[ \t]*")
ITEM = re.compile(r"(?P<indent>[ \t]*)(?P<mark>[-*+•]|\d{1,3}[.)])(?P<gap>[ \t]+)(?P<words>\S.*)")
OPENING = re.compile(r"[ \t]*<(?P<name>[A-Za-z][\w-]*)>[ \t]*")
CLOSING = re.compile(r"[ \t]*</(?P<name>[A-Za-z][\w-]*)>[ \t]*")
# An element with its words on one line.
ELEMENT = re.compile(r"[ \t]*<(?P<name>[A-Za-z][\w-]*)>\S.*</(?P=name)>[ \t]*")
FENCE = re.compile(r"[ \t]*(```|~~~)")
WORD = re.compile(r"[^\W\d_][\w'-]*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its end; `start` counts code points of the text."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """Where its words end: blanks at the end of a line do not count."""
        return self.start + len(self.text.rstrip())

    @property
    def blank(self) -> bool:
        """Whether it holds nothing."""
        return not self.text.strip()


def lines_of(text: str) -> tuple[Line, ...]:
    """Split a text at its LFs."""
    lines: list[Line] = []
    start = 0
    for each in text.split("\n"):
        lines.append(Line(start, each))
        start += len(each) + 1
    return tuple(lines)


def is_title(text: str) -> bool:
    """Whether a line is a heading, a label, or a bold line that stands for one."""
    return any(pattern.fullmatch(text) for pattern in (HEADING, BOLD, LABEL))


def section_name(text: str) -> str:
    """Give the name that a line begins a section under, in small letters; empty for none."""
    found = OPENING.fullmatch(text) or ELEMENT.fullmatch(text)
    name = re.sub(r"[_-]", " ", found["name"]) if found else title_words(text)
    return name.casefold()


def title_words(text: str) -> str:
    """Give the words of a heading or label, empty for any other line."""
    for pattern in (HEADING, BOLD, LABEL):
        found = pattern.fullmatch(text)
        if found:
            return found["words"].strip()
    return ""
