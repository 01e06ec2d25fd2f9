"""State what points all calls of a library elsewhere without being part of any of them."""

from __future__ import annotations

from dataclasses import dataclass

from migrator.domain.source import Place


@dataclass(frozen=True, slots=True)
class Pointed:
    """A place that sets such a thing.

    `by` is a variable of the environment, or an attribute of a module by its dotted name.
    """

    by: str
    at: Place
