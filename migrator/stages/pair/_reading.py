"""Say how a part of a prompt is being read."""

from __future__ import annotations

from dataclasses import dataclass, replace

from migrator.domain.prompt import Speaker
from migrator.domain.trail import Hop
from migrator.following.port import Walk

MOST_NESTED = 6


@dataclass(frozen=True, slots=True)
class Reading:
    """For whom an expression is read, over which hops it was reached, how deep it is nested."""

    walk: Walk
    speaker: Speaker
    hops: tuple[Hop, ...] = ()
    depth: int = 0

    @property
    def too_deep(self) -> bool:
        """Whether it is time to give up."""
        return self.depth > MOST_NESTED

    def over(self, hops: tuple[Hop, ...]) -> Reading:
        """Read on behind `hops`, one level deeper."""
        return replace(self, hops=(*hops, *self.hops), depth=self.depth + 1)

    def by(self, speaker: Speaker) -> Reading:
        """Read the words of another speaker."""
        return replace(self, speaker=speaker)
