"""Describe a gate by its code, and by the table that it consults."""

from __future__ import annotations

from dataclasses import dataclass

from migrator.domain.expression import Expression, Series, Table
from migrator.domain.gate import Gate, GateKind, Passage
from migrator.domain.source import Place
from migrator.domain.trail import Found, Frame
from migrator.following.evaluate import Evaluator
from migrator.following.outcomes import Entries, Many
from migrator.following.port import Walk
from migrator.following.worlds import World

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Crossing:
    """The worlds before and after the change of one reference; `model` is its text after it."""

    before: World
    after: World
    model: str


def gate_at(
    crossing: Crossing,
    frame: Frame,
    code: Expression,
    kind: GateKind,
    passage: Passage,
    subject: Expression | None,
) -> Gate:
    """Describe a gate by its code and by the table that it consults."""
    world = crossing.after
    text = "" if subject is None else written(world, subject, frame)
    return Gate(
        at=code.at.within(frame.path),
        kind=kind,
        passage=passage,
        model=crossing.model,
        written=written(world, code, frame),
        subject=text,
        table=None if subject is None else _table(world, subject, frame),
    )


def written(world: Walk, code: Expression, frame: Frame) -> str:
    """Give a piece of code in one line, cut where it is long."""
    content = world.source.content(frame.path)[code.at.start : code.at.end]
    text = " ".join(content.decode("utf-8", "replace").split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _table(world: World, subject: Expression, frame: Frame) -> Place | None:
    if not isinstance(Evaluator(world).evaluate(subject, frame).value, Entries | Many):
        return None
    for end in world.follow(subject, frame):
        if isinstance(end, Found) and isinstance(end.expression, Table | Series):
            return end.expression.at.within(end.frame.path)
    return None
