"""Write chosen words into a prompt: find their place, and lower them to bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from migrator.adapters.facts_reader import FactsReader
from migrator.commands._draft import lower_change
from migrator.domain.block import words_in
from migrator.domain.edit import InsertPrompt, Splice
from migrator.domain.prompt import PromptSurface
from migrator.domain.rewrite import Chosen
from migrator.domain.source import SourceFile
from migrator.stages.compose import Nowhere, compose


@dataclass(frozen=True, slots=True)
class Written:
    """Words at their place in a prompt, as bytes, and how many they are."""

    change: InsertPrompt
    splice: Splice
    words: int


def write_words(
    surface: PromptSurface, chosen: Sequence[Chosen], reader: FactsReader
) -> Written | str:
    """Write the words of all blocks into one prompt, or say why that cannot be done."""
    composed = compose(surface.text, chosen)
    if isinstance(composed, Nowhere):
        return composed.why
    change = InsertPrompt(
        path=surface.path,
        at=surface.at,
        pieces=surface.pieces,
        text=surface.text,
        position=composed.position,
        addition=composed.addition,
    )
    source = reader.tree.read(surface.path)
    splice = lower_change(change, source, reader) if isinstance(source, SourceFile) else None
    if splice is None:
        return "the words cannot be written into it with certainty"
    words = sum(words_in(point.text) for each in chosen for point in each.points)
    return Written(change, splice, words)
