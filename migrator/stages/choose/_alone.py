"""Choose the words of one block for a text of which no call is known."""

from __future__ import annotations

from dataclasses import replace

from migrator.domain.block import Block, Need, Point, Where, words_in
from migrator.domain.playbook import Playbook
from migrator.domain.rewrite import Chosen, Considered, Fate
from migrator.stages.choose._fit import absent, closed_by_words, scripted
from migrator.stages.choose._said import contradiction, covering
from migrator.stages.choose._words import filled, is_english, room_in, variables_for


def choose_alone(block: Block, text: str, playbook: Playbook) -> Chosen | Considered:
    """Give the points that a text lacks, as if its workflow called for the block.

    What only a call can show, its tools and the form of its answer, is taken for granted.
    """
    whole = " ".join(text.split())
    if not is_english(whole):
        why = "the text is not in English, and the block would be"
        return Considered(block=block.id, fate=Fate.UNFIT, why=why)
    missing = _missing(block, whole, playbook)
    if missing:
        return Considered(block=block.id, fate=Fate.UNFIT, why=missing)
    told = {
        each.id: covering(each, whole)
        or _missing(each, whole, playbook)
        or contradiction(each, whole)
        for each in block.points
    }
    values = variables_for(block, whole, "", ())
    points = [
        replace(each, text=filled(each.text, values)) for each in block.points if not told[each.id]
    ]
    against = contradiction(block, whole)
    if against and points:
        return Considered(block=block.id, fate=Fate.CONTRADICTED, why=against)
    if not points:
        said = " and ".join(f"`{each}`" for each in dict.fromkeys(told.values()))
        return Considered(block=block.id, fate=Fate.COVERED, why=f"the text says {said}")
    fitting = _within(points, words_in(text), playbook)
    return Chosen(block=block, points=tuple(fitting))


def _missing(words: Block | Point, text: str, playbook: Playbook) -> str:
    if Need.FREE_TEXT in words.needs and (closed := closed_by_words(text, playbook)):
        return closed
    if Need.OWN_STEPS in words.needs and (steps := scripted(text, playbook)):
        return steps
    seen = [each for each in words.only_if if each.where is Where.PROMPT]
    return absent(seen, text, ())


def _within(points: list[Point], words: int, playbook: Playbook) -> list[Point]:
    """Take points while there is room in a text of so many words."""
    left = room_in(words, playbook.thresholds)
    taken: list[Point] = []
    for each in points:
        if words_in(each.text) <= left:
            taken.append(each)
            left -= words_in(each.text)
    return taken
