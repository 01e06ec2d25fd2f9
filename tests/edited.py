"""Carry out a plan's edits in memory."""

from __future__ import annotations

from collections.abc import Mapping

from migrator.domain.edit import Splice, apply_splices


def edited(files: Mapping[str, bytes], document: Mapping) -> dict[str, bytes]:
    """Give the files with every edit of a plan document made; raises SpliceError if one is off."""
    splices: dict[str, list[Splice]] = {path: [] for path in files}
    for edit in document["edits"]:
        before, after = edit["before"].encode(), edit["after"].encode()
        splices[edit["path"]].append(Splice(edit["start"], edit["end"], before, after))
    return {path: apply_splices(content, splices[path]) for path, content in files.items()}
