"""Keep a summary within GitHub's limit, and say what was left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from migrator.domain.wording import plural

LIMIT = 65_536
_NOTE_ROOM = 500


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the summary; `kind` names what may be dropped, empty for what always stays."""

    text: str
    kind: str = ""


# What goes first when there is no room: the details, then the lists, the changed sites at last.
DROP_ORDER = (
    "site section",
    "output of a command",
    "row of sites left",
    "follow-up task",
    "definition left outside the guide",
    "edit outside the guide",
    "prompt edit",
    "row of changed sites",
)


def fit(parts: Sequence[Part], note_at: int) -> str:
    """Join parts; when they are too long, drop from the end of each kind and put a note in place.

    `note_at` is the index of the part before which the note stands.
    """
    total = sum(len(part.text) for part in parts)
    dropped: set[int] = set()
    room = LIMIT if total <= LIMIT else LIMIT - _NOTE_ROOM
    for kind in DROP_ORDER:
        for index in range(len(parts) - 1, -1, -1):
            if total <= room:
                break
            if parts[index].kind == kind:
                dropped.add(index)
                total -= len(parts[index].text)
    texts = ["" if index in dropped else part.text for index, part in enumerate(parts)]
    if dropped:
        texts.insert(note_at, _note(parts, dropped))
    return "".join(texts)


def _note(parts: Sequence[Part], dropped: set[int]) -> str:
    counts = []
    for kind in DROP_ORDER:
        total = sum(part.kind == kind for part in parts)
        gone = sum(parts[index].kind == kind for index in dropped)
        if gone:
            counts.append(f"{gone} of {plural(total, kind, _many(kind))}")
    return (
        f"> Too long for GitHub's limit of {LIMIT:,} characters. Left out here: "
        f"{', '.join(counts)}. Nothing is lost: `migrate plan --format json` holds everything.\n\n"
    )


def _many(kind: str) -> str:
    first, space, rest = kind.partition(" of ")
    return f"{first}s{space}{rest}" if space else f"{kind}s"
