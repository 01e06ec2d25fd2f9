"""Read what makes prompts, a file for each library, and check that each can be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from migrator.domain.playbook import PromptMaker
from migrator.domain.prompt import Speaker
from migrator.playbook._decode import Decoder, Key, nearest

FOLDER = "prompts/"
_FORMS = ("text", "messages", "file", "none", "stored")


@dataclass(frozen=True, slots=True, kw_only=True)
class _MakersFile:
    makers: tuple[PromptMaker, ...]


def read_makers(files: Mapping[str, Mapping[str, object]]) -> tuple[PromptMaker, ...]:
    """Give the makers of all files, by file name.

    Raises PlaybookError when a form or a speaker is not known.
    """
    found: list[PromptMaker] = []
    for name, raw in sorted(files.items()):
        at = Key(name, "makers")
        makers = Decoder().decode(_MakersFile, raw, Key(name)).makers
        for index, maker in enumerate(makers):
            _check(maker.form, _FORMS, at.item(index).child("form"))
            if maker.speaker is not None:
                _check(maker.speaker, tuple(Speaker), at.item(index).child("speaker"))
        found += makers
    return tuple(found)


def _check(value: str, known: Iterable[str], at: Key) -> None:
    names = [str(each) for each in known]
    if value not in names:
        raise at.refuse(f"`{value}` is not known{nearest(value, names)}")
