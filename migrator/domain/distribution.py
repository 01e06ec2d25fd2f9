"""Say which version of a package a project installs, and where it says so."""

from __future__ import annotations

from dataclasses import dataclass

from migrator.domain.source import Place
from migrator.domain.version import VersionRange, range_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """A package as the project names it: `written` is its pin or range, `at` the place.

    Without a place nothing in the repository names it: the newest version is meant. `against` is
    what the project asks for beside a lock file, where the version locked is not one of those.
    """

    name: str
    written: str = ""
    exact: bool = False
    at: Place | None = None
    against: Distribution | None = None

    def within(self, versions: str) -> bool:
        """Whether the version that gets installed is in a range; of a range, the newest counts."""
        wanted = range_of(versions) or VersionRange()
        mine = range_of(self.written) or VersionRange()
        return wanted.holds(mine.newest)

    def surely(self, versions: str) -> bool:
        """Whether every version that may get installed is in a range."""
        wanted = range_of(versions) or VersionRange()
        mine = range_of(self.written) or VersionRange()
        return mine.low is not None and wanted.holds(mine.low) and wanted.holds(mine.newest)

    def __str__(self) -> str:
        """Say the version and where it is from, for a finding."""
        if self.at is None:
            return f"{self.name} (not pinned here: the newest is meant)"
        where = f"{self.at.path}:{self.at.line}"
        if self.exact:
            return f"{self.name} {self.written.lstrip('=')} ({where}{self._asked_otherwise()})"
        bounded = (range_of(self.written) or VersionRange()).bounded
        allows = f"the newest that `{self.written}` allows" if bounded else "not pinned: the newest"
        return f"{self.name} ({where}, {allows})"

    def _asked_otherwise(self) -> str:
        if self.against is None or self.against.at is None:
            return ""
        where = f"{self.against.at.path}:{self.against.at.line}"
        return f", but {where} asks for `{self.against.written}`"
