"""Word an edit in one line, for whoever is asked about it or reviews it."""

from __future__ import annotations

from migrator.domain.edit import EditKind
from migrator.domain.plan import PlanEdit
from migrator.domain.wording import plural


def in_words(edit: PlanEdit) -> str:
    """Say what an edit changes: from what to what, what is no longer sent, or what is added."""
    if edit.kind is EditKind.PROMPT:
        return f"prompt +{plural(edit.words, 'word')} ({', '.join(edit.blocks)})"
    before, after = bare(edit)
    if before and after:
        return f"{before} -> {after}"
    return f"add {after}" if after else f"drop {before}"


def bare(edit: PlanEdit) -> tuple[str, str]:
    """Give what an edit takes and what it puts, without separators and remarks around it."""
    before, after = edit.before, edit.after
    if before and after.startswith(f",{before}"):
        # A remark that stays, and an argument on a line of its own below it.
        before, after = "", after.removeprefix(f",{before}")
    return _unwrapped(before), _unwrapped(after)


def _unwrapped(text: str) -> str:
    stripped = text.strip(" \t\r\n,")
    return stripped.partition("#")[0].rstrip(" \t,") or stripped
