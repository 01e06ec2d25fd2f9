"""Describe a gate: code that decides by a model's id, and what it does with the target's."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from migrator.domain.distribution import Distribution
from migrator.domain.source import Place


class GateKind(StrEnum):
    """How a gate decides."""

    LOOK_UP = "look-up"
    TEST = "test"
    ENUM = "enum"
    TOKENIZER = "tokenizer"
    OPTION = "option"


class Passage(StrEnum):
    """What a gate does with the target's id, where it lets the source's pass."""

    RAISES = "raises"
    DIFFERS = "differs"  # a default, a fallback, another branch
    ELSEWHERE = "elsewhere"  # other code runs than for the source
    UNCLEAR = "unclear"  # it may raise: what it holds is not in view
    ARGUMENTS = "arguments"  # what the call is given hangs on it, in a way not in view


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Gate:
    """One gate on the way of one id.

    `written` is its code in one line, `subject` the table, list or enum that it consults, `table`
    where that is written. `model` is the text that the gate would get after the change. `library`
    is the version that decides, where that is not the project's own code.
    """

    at: Place
    kind: GateKind
    passage: Passage
    model: str
    written: str = ""
    subject: str = ""
    table: Place | None = None
    library: Distribution | None = field(default=None, compare=False)
