"""Read how a model is asked to word a block, and what it may say of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from migrator.domain.advice import AssistFacts
from migrator.playbook._decode import Decoder, Key
from migrator.playbook._texts import Cited

FILE = "assist.toml"


def read_assist(table: Mapping[str, object], cited: Cited) -> AssistFacts:
    """Read the file. Raises PlaybookError for a broken key or expression."""
    at = Key(FILE)
    facts = Decoder().decode(AssistFacts, table, at)
    return replace(
        facts,
        instructions=" ".join(facts.instructions.split()),
        source=cited.text(facts.source, at.child("source")),
    )
