"""Tell what a prompt says already, and what it says against a block."""

from __future__ import annotations

import re

from migrator.domain.block import Block, Point

_LONGEST = 80
_END = re.compile(r"(?<=[.!?;:])\s|[\n•]| [-*] ")


def covering(point: Point, text: str) -> str:
    """Give the words of a prompt that make a point already, empty when none do."""
    for pattern in point.covered_by:
        found = re.search(pattern, text, re.IGNORECASE)
        if found:
            return _clause(text, *found.span())
    return ""


def _clause(text: str, start: int, end: int) -> str:
    """Give the words around a sign up to the marks that part them, as many as are shown."""
    before = _END.split(text[max(0, start - _LONGEST) : start])[-1]
    behind = _END.split(text[end : end + _LONGEST])[0]
    room = max(0, _LONGEST - (end - start))
    kept = before[len(before) - min(len(before), room // 2) :]
    kept = kept if kept == before else kept.partition(" ")[2]
    return shown(kept + text[start:end] + behind)


def contradiction(words: Block | Point, text: str) -> str:
    """Say what in a prompt a block or point would contradict, empty when nothing does."""
    for each in words.unless:
        found = re.search(each.pattern, text, re.IGNORECASE)
        if found:
            return f"{each.why} (`{shown(found[0])}`)"
    return ""


def shown(words: str) -> str:
    """Shorten a quotation, and keep it apart from the quotation marks around it."""
    plain = words.strip().replace("`", "'")
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"
