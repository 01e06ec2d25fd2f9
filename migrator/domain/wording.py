"""Word counts, lists and foreign text the same way in every report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def plural(count: int, noun: str, many: str = "") -> str:
    """Write a count with its noun: `1 site`, `2 sites`; `many` for an irregular plural."""
    return f"{count} {noun if count == 1 else many or noun + 's'}"


def agrees(count: int, one: str, many: str) -> str:
    """Give the verb form that agrees with a count."""
    return one if count == 1 else many


def printable(text: str) -> str:
    r"""Write characters that steer a screen or hide in a text as escapes: ESC becomes `\x1b`."""
    if text.isprintable():
        return text
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode("ascii")
        for each in text
    )


def listed(items: Sequence[str], most: int) -> str:
    """Join items with commas; what is beyond `most` is counted."""
    if len(items) <= most:
        return ", ".join(items)
    return f"{', '.join(items[:most])} and {len(items) - most} more"


def parts(text: str) -> tuple[str, ...]:
    """Split what was written with commas; empty parts fall out."""
    return tuple(each for part in text.split(",") if (each := part.strip()))


def closest(name: str, known: Iterable[str]) -> str:
    """Suggest the known name that was probably meant, as the end of a sentence."""
    import difflib

    near = difflib.get_close_matches(name, list(known), n=1)
    return f"; did you mean {near[0]}?" if near else ""
