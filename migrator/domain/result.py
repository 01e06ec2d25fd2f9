"""Define the record that `apply` leaves: what was committed, dropped and validated."""

from __future__ import annotations

from dataclasses import dataclass

SCHEMA = "migrate.result/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Committed:
    """One commit: its groups, the sites that changed with it, and its id."""

    commit: str
    subject: str
    kind: str
    groups: tuple[str, ...]
    sites: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A group that was planned but not carried out.

    `reason` starts with one word such as uncommitted, unproved, overlap, hook or partly-chosen.
    """

    group: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Validated:
    """A command that ran, with what came of it."""

    command: str
    outcome: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one `apply` did; `plan` is the digest of the plan's bytes."""

    schema: str
    tool: str
    plan: str
    base: str
    branch: str
    commits: tuple[Committed, ...]
    dropped: tuple[Dropped, ...]
    validation: tuple[Validated, ...]
