"""Word an edit in one line, for whoever is asked about it or reviews it."""

from __future__ import annotations

from migrator.domain.edit import EditKind
from migrator.domain.plan import PlanEdit


def in_words(edit: PlanEdit) -> str:
    """Say what an edit changes: from what to what, what is no longer sent, or what is added."""
    before, after = _bare(edit.before), _bare(edit.after)
    if edit.kind is EditKind.PROMPT:
        return str(edit.kind)
    if edit.kind is EditKind.MODEL or (before and after and not before.startswith("#")):
        return f"{before} -> {after}"
    return f"add {after}" if after else f"drop {before}"


def _bare(text: str) -> str:
    """Take an argument out of its separators, its indentation and the remark behind it."""
    return text.strip(" \t\r\n,").partition("#")[0].rstrip(" \t,") or text.strip(" \t\r\n,")
