"""Tell what a prompt says already, and what it says against a block."""

from __future__ import annotations

import re

from migrator.domain.block import Block, Point

_LONGEST = 60


def covering(point: Point, text: str) -> str:
    """Give the words of a prompt that make a point already, empty when none do."""
    for pattern in point.covered_by:
        found = re.search(pattern, text, re.IGNORECASE)
        if found:
            return shown(found[0])
    return ""


def contradiction(block: Block, text: str) -> str:
    """Say what in a prompt a block would contradict, empty when nothing does."""
    for each in block.unless:
        found = re.search(each.pattern, text, re.IGNORECASE)
        if found:
            return f"{each.why} (`{shown(found[0])}`)"
    return ""


def shown(words: str) -> str:
    """Shorten a quotation, and keep it apart from the quotation marks around it."""
    plain = words.strip().replace("`", "'")
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"
