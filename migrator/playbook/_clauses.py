"""Read the guide's clauses, and which of them the other files of a playbook name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from migrator.domain.clause import Clause
from migrator.playbook._decode import Decoder, Key

FILE = "clauses.toml"
_CITED = re.compile(r'\bclause\s*=\s*"([^"]+)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class _ClausesFile:
    clauses: tuple[Clause, ...]


def read_clauses(raw: Mapping[str, object]) -> tuple[Clause, ...]:
    """Decode the clauses; raises PlaybookError for a mark that is there twice."""
    clauses = Decoder().decode(_ClausesFile, raw, Key(FILE)).clauses
    seen: set[str] = set()
    for index, clause in enumerate(clauses):
        if clause.mark in seen:
            at = Key(FILE, "clauses").item(index).child("mark")
            raise at.refuse(f"`{clause.mark}` is there twice")
        seen.add(clause.mark)
    return clauses


def cited_clauses(files: Mapping[str, bytes]) -> Mapping[str, tuple[str, ...]]:
    """Map each mark that a file of the playbook names to these files, in order."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, content in files.items():
        if name != FILE and name.endswith((".toml", ".md")):
            for match in _CITED.finditer(content.decode("utf-8", "replace")):
                found[match[1]].add(name)
    return {mark: tuple(sorted(names)) for mark, names in found.items()}
