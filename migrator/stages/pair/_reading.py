"""Say how a part of a prompt is being read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from migrator.domain.expression import Expression, Scalar
from migrator.domain.playbook import PromptMaker
from migrator.domain.prompt import Speaker
from migrator.domain.roles import is_test
from migrator.domain.trail import Found, Frame, Hop, HopKind, Lost, Trail
from migrator.following.port import Walk

MOST_NESTED = 10
MOST_LISTS = 500  # of one call: more are a web that holds the same messages over and over
MOST_TEXTS = 2000


@dataclass
class Work:
    """How much reading is left for one call."""

    lists: int = MOST_LISTS
    texts: int = MOST_TEXTS

    def spend_list(self) -> bool:
        """Read one list more, as long as there are some left."""
        self.lists -= 1
        return self.lists >= 0

    def spend_text(self) -> bool:
        """Read one text more, as long as there are some left."""
        self.texts -= 1
        return self.texts >= 0


@dataclass(frozen=True, slots=True)
class Reading:
    """For whom an expression is read, over which hops it was reached, how deep it is nested.

    `makers` are the callables that make prompts.
    `inside` are the message lists that are being read, none of which holds itself; `work` is shared
    by all that is read for one call.
    `tested` tells that the call stands in a test: elsewhere, what tests pass is not its prompt.
    """

    walk: Walk
    speaker: Speaker
    hops: tuple[Hop, ...] = ()
    depth: int = 0
    tested: bool = False
    makers: tuple[PromptMaker, ...] = ()
    inside: frozenset[tuple[Frame, int, int]] = frozenset()
    work: Work = field(default_factory=Work)

    @property
    def too_deep(self) -> bool:
        """Whether it is time to give up."""
        return self.depth > MOST_NESTED

    def follow(self, expression: Expression, frame: Frame) -> tuple[Trail, ...]:
        """Give every end of an expression that the program itself can lead to."""
        ends = self.walk.follow(expression, frame)
        if self.tested:
            return ends
        kept = tuple(each for each in ends if not any(is_test(hop.at.path) for hop in each.hops))
        at = expression.at.within(frame.path)
        return kept or (Lost("only tests show what is sent", at, caller=True),)

    def over(self, hops: tuple[Hop, ...]) -> Reading:
        """Read on behind `hops`, one level deeper."""
        return replace(self, hops=(*hops, *self.hops), depth=self.depth + 1)

    def within(self, expression: Expression, frame: Frame) -> Reading | None:
        """Read inside a list; None where it is being read already, or no work is left."""
        mark = (frame, expression.at.start, expression.at.end)
        if mark in self.inside or not self.work.spend_list():
            return None
        return replace(self, inside=self.inside | {mark})

    def by(self, speaker: Speaker) -> Reading:
        """Read the words of another speaker."""
        return replace(self, speaker=speaker)


def left_to_callers(ends: tuple[Trail, ...]) -> bool:
    """Whether all that can be seen is a parameter's default of None: who calls gives the rest."""
    return len(ends) > 0 and all(
        isinstance(each, Found)
        and each.expression == Scalar(each.expression.at, None)
        and any(hop.kind is HopKind.DEFAULT_PARAMETER for hop in each.hops)
        for each in ends
    )
