"""Say where code reads a structure out of the text of an answer."""

from __future__ import annotations

from dataclasses import dataclass

from migrator.domain.source import Place


@dataclass(frozen=True, slots=True, order=True)
class Parsed:
    """One such place; `by` is the callee as written.

    `validates` tells that the parser checks the shape against a model of its own.
    """

    at: Place
    by: str
    validates: bool = False
