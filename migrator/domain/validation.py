"""Define what validates a branch: commands, what is watched while they run, what was seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Line = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Command:
    """A command line, and the folder of the repository it starts in (empty for its root)."""

    line: str
    folder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commands:
    """What to run on a branch before it is made.

    `setup` prepares the checkout, `links` are paths from the root that it shares with the user's,
    `limit` is in seconds and counts for each run.
    """

    validate: tuple[Command, ...] = ()
    setup: tuple[Command, ...] = ()
    links: tuple[str, ...] = ()
    limit: int = 900


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What to look out for: edited files and lines of sites, by path relative to the checkout.

    `names` gives the dotted names under which a module can be imported, the likeliest first.
    """

    names: Mapping[str, tuple[str, ...]]
    lines: frozenset[Line] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Which watched files the Pythons of one run took from where, and which lines they ran.

    `inside` are files used from the checkout under test, `outside` maps a file to the other place
    it was, or would be, taken from. `tests` maps a line to the tests that ran it; an empty name
    stands for no test. `partial` tells that lines were not seen all the time.
    """

    inside: frozenset[str] = frozenset()
    outside: Mapping[str, str] = field(default_factory=dict)
    tests: Mapping[Line, frozenset[str]] = field(default_factory=dict)
    pythons: int = 0
    partial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """One run of a command: its exit code (None: stopped at the time limit) and its words."""

    code: int | None
    output: str
    evidence: Evidence = field(default_factory=Evidence)

    @property
    def green(self) -> bool:
        """Tell whether it ended well."""
        return self.code == 0
