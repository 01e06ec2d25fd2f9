"""Say whose words prompts get, when a model was asked for them."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.advice import Wording
from migrator.domain.layout import Room, Row, cut, more
from migrator.domain.plan import Plan
from migrator.domain.wording import plural, printable

_FATES = {Wording.REFUSED: "refused", Wording.UNANSWERED: "no answer"}


def advised(plan: Plan, room: Room) -> Iterator[Row]:
    """Count the prompts that a model worded, and give the reason for each that it did not."""
    if not plan.advice:
        return
    taken = [each for each in plan.advice if each.wording is Wording.ACCEPTED]
    rest = [each for each in plan.advice if each.wording is not Wording.ACCEPTED]
    models = ", ".join(sorted({each.model for each in taken}))
    whose = [f"{len(taken)} by {models}"] if taken else []
    whose += [f"{len(rest)} the block's own"] if rest else []
    yield Row(f"Words for {plural(len(plan.advice), 'prompt')}: {', '.join(whose)}")
    for each in cut(rest, room):
        yield Row(printable(f"{each.prompt}  {_FATES[each.wording]}: {each.why}"), indent=4)
    yield from more(len(rest), room, "prompt")
