"""Describe a clause of the upgrade guide, and what makes it hold."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One clause by its mark (`posture.1`), with its gist in this project's own words.

    `guards` are fixtures that come out unedited, or judged as they are, for the clause to hold.
    `undecidable` says in a sentence why no repository can show it; empty where one can.
    """

    mark: str
    gist: str
    guards: tuple[str, ...] = ()
    undecidable: str = ""


class CoverKind(StrEnum):
    """What makes a clause hold."""

    RULE = "rule"
    STAGE = "stage"
    GUARD = "guard test"
    REPORT = "report line"
    VALIDATION = "proposed validation"
    UNDECIDABLE = "not decidable from a repository"


@dataclass(frozen=True, slots=True, order=True)
class Cover:
    """One thing that makes a clause hold: a rule's code and slug, a module, a fixture."""

    kind: CoverKind
    name: str
