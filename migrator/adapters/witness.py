"""Watch the Pythons that a validation command starts, and read what they saw."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from migrator.adapters import _sitecustomize
from migrator.adapters._sitecustomize import VARIABLE
from migrator.domain.validation import Evidence, Line, Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """Where a witness stands: a folder of its own, the checkout under test, and the user's."""

    folder: Path
    root: Path
    user: Path

    def environment(self, watch: Watch, roots: Sequence[str]) -> Mapping[str, str]:
        """Prepare a run and give the variables that make its Pythons watch.

        `roots` are folders of the checkout from which modules are imported first.
        """
        (self.folder / "on_path").mkdir(parents=True, exist_ok=True)
        source = Path(_sitecustomize.__file__).read_bytes()
        (self.folder / "on_path" / "sitecustomize.py").write_bytes(source)
        self._record.unlink(missing_ok=True)
        self._watch.write_text(json.dumps(self._wanted(watch)), encoding="utf-8")
        own = [str(self.folder / "on_path"), *(str(self.root / each) for each in roots)]
        theirs = os.environ.get("PYTHONPATH")
        path = os.pathsep.join([*own, *([theirs] if theirs else [])])
        return {"PYTHONPATH": path, VARIABLE: str(self._watch)}

    def seen(self) -> Evidence:
        """Give what was seen since the run was prepared."""
        facts = tuple(self._facts())
        loaded = {path: place for kind, path, place in _of(facts, "outside") if kind}
        inside = {path for _, path, _ in _of(facts, "inside")}
        would = [fact[1:] for fact in facts if fact[0] == "would"]
        known = inside | loaded.keys() | {path for kind, path, _ in would if kind == "inside"}
        loaded |= {path: place for kind, path, place in would if path not in known}
        return Evidence(
            inside=frozenset(inside - loaded.keys()),
            outside={path: self._named(place) for path, place in sorted(loaded.items())},
            tests=_tests(facts),
            pythons=sum(fact[0] == "python" for fact in facts),
            partial=any(fact[0] == "partial" for fact in facts),
        )

    @property
    def _record(self) -> Path:
        return self.folder / "seen.jsonl"

    @property
    def _watch(self) -> Path:
        return self.folder / "watch.json"

    def _wanted(self, watch: Watch) -> Mapping[str, object]:
        lines: dict[str, list[int]] = {}
        for path, line in sorted(watch.lines):
            lines.setdefault(path, []).append(line)
        return {
            "root": os.path.realpath(self.root),
            "checkout": os.path.realpath(self.user),
            "names": watch.names,
            "lines": lines,
            "record": str(self._record),
        }

    def _facts(self) -> Iterator[tuple[str, ...]]:
        content = self._record.read_bytes() if self._record.exists() else b""
        for line in content.splitlines():
            yield tuple(json.loads(line))

    def _named(self, place: str) -> str:
        """Name a place without the folders of this machine."""
        if "site-packages" in place:
            return "an installed copy"
        own = place.startswith(f"{os.path.realpath(self.user)}{os.sep}")
        return "your checkout" if own else "another place"


def _of(facts: Sequence[tuple[str, ...]], kind: str) -> Iterator[tuple[str, str, str]]:
    return ((fact[0], fact[1], fact[2]) for fact in facts if fact[0] == kind)


def _tests(facts: Sequence[tuple[str, ...]]) -> Mapping[Line, frozenset[str]]:
    found: dict[Line, set[str]] = {}
    for fact in facts:
        if fact[0] == "line":
            _, path, line, test = fact
            found.setdefault((path, int(line)), set()).add(test)
    return {line: frozenset(tests) for line, tests in found.items()}
