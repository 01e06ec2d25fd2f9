"""Explain a prompt block: what calls for it, what it says, what makes it needless, its source."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.block import Block, Joining, Need, Point, words_in
from migrator.domain.layout import BLANK, Row, heading
from migrator.domain.playbook import Playbook

_NEEDS = {
    Need.TOOLS: "the model decides on calls of tools",
    Need.FREE_TEXT: "the answer is prose, not a format that is parsed",
    Need.LOOKS_ONLY: "no tool acts on the world",
    Need.OWN_STEPS: "the prompt leaves its steps to the model",
    Need.PHASE_KEPT: "the messages of one answer are told apart",
}
_JOINS = {
    Joining.RULES: "goes on with the prompt's own last list of rules, else stands for itself",
    Joining.SECTION: "gets a section in the prompt's own form; one or two points join its rules",
}


def block_called(name: str, playbook: Playbook) -> Block | None:
    """Give the block of an id, in any case."""
    wanted = name.casefold()
    return next((each for each in playbook.blocks if each.id == wanted), None)


def explain_block(block: Block, playbook: Playbook) -> Iterator[Row]:
    """Give the rows on one block."""
    yield heading(f"{block.id}  {block.title}")
    yield Row(f"clause «{block.clause}»; at most {block.budget} words in all")
    yield BLANK
    yield heading("What calls for it")
    for fact in playbook.risks:
        if fact.id in block.risks:
            yield Row(f"{fact.rule} {fact.slug}: {fact.message}")
            yield Row(f"signs: {fact.signs}", 4)
    yield from (Row(f"only where {_NEEDS[each]}") for each in block.needs)
    yield from (Row(f"not where {each.why}") for each in block.only_if)
    yield from (Row(f"not where {each.why}") for each in block.unless)
    yield BLANK
    yield heading("What it says, each point only where the prompt does not say it yet")
    for point in block.points:
        yield from _of_point(point)
    for name, words in block.defaults.items():
        yield Row(f"{{{name}}} stands for `{words}` where nothing better is known", 4)
    yield BLANK
    yield heading("What makes it needless")
    yield Row(block.superfluous)
    yield BLANK
    yield heading("Where it goes")
    yield Row(
        f"Behind the last instruction and before what is woven in; it {_JOINS[block.joining]}."
    )
    yield BLANK
    yield heading("Source")
    yield Row(f"{block.section}: {block.source}")


def _of_point(point: Point) -> Iterator[Row]:
    yield Row(f"{point.id} ({words_in(point.text)} words): {point.text}")
    yield from (Row(f"only where {_NEEDS[each]}", 4) for each in point.needs)
    yield from (Row(f"not where {each.why}", 4) for each in point.only_if)
    yield from (Row(f"not where {each.why}", 4) for each in point.unless)
