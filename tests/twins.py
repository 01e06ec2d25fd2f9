"""Read the twins of fixtures: what a finding turns on, and the verdict once it is changed."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FIXTURES = Path(__file__).parent.parent / "fixtures"


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """A site that bears a code, and its silent twin, which differs in one text.

    `fires` is that text and stands once at `on` (`path:line`, by default where the site is; a path
    alone means the path itself); `silent` takes its place. `then` is the outcome of the twin.
    """

    case: str
    code: str
    at: str
    fires: str
    silent: str
    then: str
    on: str = ""

    def __str__(self) -> str:
        return f"{self.case}-{self.code}-{self.at}"

    def changed(self, files: Mapping[str, bytes]) -> dict[str, bytes]:
        """Give the files of the twin. Raises AssertionError where the text is not there once."""
        path, _, line = (self.on or self.at).rpartition(":")
        if not path:
            assert line.count(self.fires) == 1, self
            moved = line.replace(self.fires, self.silent)
            return {moved if each == line else each: text for each, text in files.items()}
        lines = files[path].split(b"\n")
        row = lines[int(line) - 1]
        assert row.count(self.fires.encode()) == 1, self
        lines[int(line) - 1] = row.replace(self.fires.encode(), self.silent.encode())
        return {**files, path: b"\n".join(lines)}

    def place(self) -> str:
        """Give the place of the site in the twin."""
        moved = ":" not in self.on and self.at.startswith(f"{self.on}:")
        return self.at.replace(self.fires, self.silent) if moved else self.at


def twins_of(case: str) -> tuple[Twin, ...]:
    """Give what `twins.toml` of a case says, nothing where it has none."""
    path = FIXTURES / case / "twins.toml"
    if not path.exists():
        return ()
    stated = tomllib.loads(path.read_text(encoding="utf-8"))["twins"]
    return tuple(Twin(case=case, **each) for each in stated)


def codes_of(case: str) -> frozenset[str]:
    """Give the codes that a case is about: those that it has twins of."""
    return frozenset(each.code for each in twins_of(case))
