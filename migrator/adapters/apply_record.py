"""Keep the record of an apply beside git: whole, or not at all."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from migrator.domain.errors import GitError
from migrator.domain.result import Result

# No part of a branch's name begins with a dot, so this is never the record of one.
_UNFINISHED = ".unfinished"


def draft_record(records: Path, files: Mapping[str, bytes]) -> None:
    """Write the files of a record where nobody looks for them yet."""
    folder = records / _UNFINISHED
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)


def complete_record(records: Path, branch: str) -> Path:
    """Put the drafted record in its place and give its folder; an older one of the name goes.

    Raises GitError when it cannot: the next apply then tries again.
    """
    folder, draft = records / branch, records / _UNFINISHED
    try:
        _move(draft, folder)
    except OSError as error:
        raise GitError(
            f"the branch {branch} is made, and its record cannot be put into {folder}: "
            f"{error.strerror}",
            f"Its summary is {draft / 'summary.md'} until the next apply puts it in place.",
        ) from error
    return folder


def _move(draft: Path, folder: Path) -> None:
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft.rename(folder)
        return
    # Records of branches below this one may lie in it: only the files are of its own.
    for each in folder.iterdir():
        if each.is_file():
            each.unlink()
    for each in sorted(draft.iterdir(), key=lambda place: place.name == "result.json"):
        each.replace(folder / each.name)
    draft.rmdir()


def recorded(records: Path, branch: str) -> Result | None:
    """Read the record of a branch; None without one that this version can read."""
    from pydantic import TypeAdapter, ValidationError

    try:
        content = (records / branch / "result.json").read_bytes()
        return TypeAdapter(Result).validate_json(content, strict=True)
    except (OSError, ValidationError):
        return None


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
        with suppress(GitError):
            complete_record(records, branch)
    else:
        drop_record(records)
