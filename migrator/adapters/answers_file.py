"""Write answers of the API into the configuration, with every other line of it as it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping
from datetime import date
from pathlib import Path
from typing import cast

import tomlkit
from tomlkit.items import Table

from migrator.adapters.plan_file import write_atomically
from migrator.domain.answer import Answer

NEW = "migrate.toml"


def write_answers(
    root: Path, config: str, answers: Iterable[Answer], shutdowns: Mapping[str, str]
) -> str:
    """Keep answers in the configuration at `config`, or in a new file, and give its path.

    Answers of earlier days to the same questions are replaced. Raises UsageError when the file
    cannot be written; it holds the old bytes or the new ones, never a part.
    """
    path = config or NEW
    file = root / path
    document = tomlkit.parse(file.read_text(encoding="utf-8") if config else "")
    table: MutableMapping[str, object] = document
    for name in ("tool", "migrate") if path.endswith("pyproject.toml") else ():
        table = _table(table, name)
    kept = _table(table, "answers")
    for each in answers:
        kept[each.question] = _written(each)
    if shutdowns:
        days = _table(table, "shutdowns")
        for name, day in sorted(shutdowns.items()):
            days[name] = date.fromisoformat(day)
    write_atomically(file, tomlkit.dumps(document).encode())
    return path


def _table(parent: MutableMapping[str, object], name: str) -> MutableMapping[str, object]:
    if name not in parent:
        parent[name] = tomlkit.table()
    return cast("MutableMapping[str, object]", parent[name])


def _written(answer: Answer) -> Table:
    table = tomlkit.table()
    table["verdict"] = answer.verdict.value
    table["asked"] = date.fromisoformat(answer.asked)
    table["host"] = answer.host
    if answer.told:
        table["told"] = answer.told
    return table
