"""Keep the record of an apply beside git: whole, or not at all."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from migrator.adapters.plan_file import write_atomically

# No part of a branch's name begins with a dot, so this is never the record of one.
_UNFINISHED = ".unfinished"


def draft_record(records: Path, files: Mapping[str, bytes]) -> None:
    """Write the files of a record where nobody looks for them yet."""
    folder = records / _UNFINISHED
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, content in files.items():
        write_atomically(folder / name, content)


def complete_record(records: Path, branch: str) -> Path:
    """Put the drafted record in its place and give its folder; an older one of the name goes."""
    folder = records / branch
    if folder.exists():
        # Records of branches below this one may lie in it: only the files are ours.
        for each in folder.iterdir():
            if each.is_file():
                each.unlink()
        for each in (records / _UNFINISHED).iterdir():
            each.replace(folder / each.name)
        (records / _UNFINISHED).rmdir()
    else:
        folder.parent.mkdir(parents=True, exist_ok=True)
        (records / _UNFINISHED).rename(folder)
    return folder


def drop_record(records: Path) -> None:
    """Remove a drafted record."""
    shutil.rmtree(records / _UNFINISHED, ignore_errors=True)


def recover_record(records: Path, tip: Callable[[str], str | None]) -> None:
    """Finish or remove what a killed run drafted: it counts if its branch stands as it says."""
    try:
        noted = json.loads((records / _UNFINISHED / "result.json").read_bytes())
        branch, newest = noted["branch"], noted["commits"][-1]["commit"]
    except (OSError, ValueError, LookupError, TypeError):
        branch, newest = "", None
    if branch and tip(branch) == newest:
        complete_record(records, branch)
    else:
        drop_record(records)
