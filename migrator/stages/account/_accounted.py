"""Hold a mention with the bucket that it was put into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from migrator.domain.mention import Bucket, Mention

Anchor: TypeAlias = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Accounted:
    """A mention with its bucket and the reason.

    `symbol` is the scope that it stands in and `literal` the place of its string, if known. `name`
    is the name, key or parameter that it is the value of, empty where none is near.
    """

    mention: Mention
    bucket: Bucket
    why: str
    symbol: str = ""
    literal: tuple[int, int] | None = None
    name: str = ""

    @property
    def anchor(self) -> Anchor:
        """The place that a reference at this mention has: its literal's, else its own."""
        line, column = self.literal or (self.mention.at.line, self.mention.at.column)
        return (self.mention.path, line, column)
