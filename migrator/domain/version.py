"""Compare versions of packages and the ranges that requirements write, as far as releases go.

Pre-releases, epochs and local parts are left out: no fact of a playbook turns on them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

Version: TypeAlias = tuple[int, ...]

_CLAUSE = re.compile(r"(===|==|~=|!=|>=|<=|>|<|\^|~)?\s*v?(\d+(?:\.\d+)*)((?:\.\*)?)[^,|\s]*")
_LENGTH = 4
_NEWEST: Version = (1 << 30,)


def version_of(text: str) -> Version | None:
    """Read `1.2.3` or `v1.2.3rc1` as its release numbers; None for anything else."""
    found = re.match(r"\s*v?(\d+(?:\.\d+)*)", text)
    return _padded(tuple(map(int, found[1].split(".")))) if found else None


@dataclass(frozen=True, slots=True)
class VersionRange:
    """All versions from `low`, included, to `high`, left out; without bounds where they are None.

    A single version is the range up to its next smallest successor.
    """

    low: Version | None = None
    high: Version | None = None

    @property
    def newest(self) -> Version:
        """The newest version that it allows, or one just below its upper bound."""
        if self.high is None:
            return _NEWEST
        return _before(self.high)

    @property
    def bounded(self) -> bool:
        """Whether some newer version is not allowed."""
        return self.high is not None

    def holds(self, version: Version) -> bool:
        """Whether a version is within."""
        return (self.low is None or version >= self.low) and (
            self.high is None or version < self.high
        )


def range_of(text: str) -> VersionRange | None:
    """Read a specifier such as `>=1.2,<2`, `~=1.4`, `^0.3` or `1.2.*`; None where nothing fits.

    Alternatives (`||`) and exclusions (`!=`) are not read; an empty text or `*` allows all.
    """
    if text.strip() in {"", "*"}:
        return VersionRange()
    low: Version | None = None
    high: Version | None = None
    clauses = list(_CLAUSE.finditer(text))
    if not clauses or "||" in text:
        return None
    for clause in clauses:
        below, above = _bounds(clause[1] or "==", clause[2], wild=bool(clause[3]))
        low = max((each for each in (low, below) if each is not None), default=None)
        high = min((each for each in (high, above) if each is not None), default=None)
    return VersionRange(low, high)


def _bounds(operator: str, text: str, *, wild: bool) -> tuple[Version | None, Version | None]:
    parts = tuple(map(int, text.split(".")))
    at = _padded(parts)
    match operator:
        case ">=":
            return at, None
        case ">":
            return _after(at), None
        case "<=":
            return None, _after(at)
        case "<":
            return None, at
        case "!=":
            return None, None
        case "~=":
            return at, _next(parts[:-1] if len(parts) > 1 else parts)
        case "~":
            return at, _next(parts[:2])
        case "^":
            first = next((i for i, each in enumerate(parts) if each), len(parts) - 1)
            return at, _next(parts[: first + 1])
        case _:
            return at, _next(parts) if wild else _after(at)


def _padded(parts: Version) -> Version:
    return (*parts, *(0,) * (_LENGTH - len(parts)))[:_LENGTH]


def _next(parts: Version) -> Version:
    return _padded((*parts[:-1], parts[-1] + 1))


def _after(version: Version) -> Version:
    return (*version, 0)


def _before(version: Version) -> Version:
    """Give a version just below, newer than all releases that come before."""
    if len(version) > _LENGTH:
        return version[:_LENGTH]
    last = max((i for i, each in enumerate(version) if each), default=None)
    if last is None:
        return version
    below = (*version[:last], version[last] - 1)
    return (*below, *(_NEWEST[0],) * (_LENGTH - len(below)))
