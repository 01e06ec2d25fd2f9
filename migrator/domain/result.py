"""Define the record that `apply` leaves: what was committed, dropped and validated."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

SCHEMA = "migrate.result/1"


class Verdict(StrEnum):
    """What the result of a validation command is worth."""

    PASSED = "passed"
    NOT_PROVEN = "not proven"  # it passed, and nothing shows that it ran the edited files
    ALREADY_FAILED = "already failed"  # on the commit that the branch starts from
    FAILED = "failed"
    UNSTEADY = "unsteady"  # it failed, then passed, on the same bytes
    TIMED_OUT = "timed out"


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

    `reason` starts with one word such as uncommitted, converted, unproved, overlap, hook,
    validation or partly-chosen. `output` is the end of what the command said that the group breaks.
    """

    group: str
    reason: str
    output: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Validated:
    """A command that ran, with what came of it.

    `outputs` are the files beside the record that hold what it wrote, run by run.
    """

    command: str
    verdict: Verdict
    detail: str = ""
    outputs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """The tests that ran the line of a changed site.

    None at all when no test did. `loading` tells that the line ran, but in no test: while a
    module was loaded, or by a command that is no test.
    """

    site: str
    tests: tuple[str, ...]
    loading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one `apply` did; `plan` is the digest of the plan's bytes.

    `reach` says of each changed site which tests ran it; None when that was not measured.
    """

    schema: str
    tool: str
    plan: str
    base: str
    branch: str
    commits: tuple[Committed, ...]
    dropped: tuple[Dropped, ...]
    validation: tuple[Validated, ...]
    reach: tuple[Reach, ...] | None = None
