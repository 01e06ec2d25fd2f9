"""Rewrite what fixtures expect from what the tool now does: `python -m tests.update_expected CASE`.

Read the difference line by line before you commit it: expectations are the specification.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.edited import edited
from tests.planning import (
    CASES,
    FIXTURES,
    planned,
    sampling_of,
    tree,
    trimmed,
    unblocked,
    written,
)
from tests.twins import codes_of


def update(case: str) -> None:
    """Rewrite `expected.json`, `after/` and `unblocked/` of one case."""
    before = FIXTURES / case / "before"
    with TemporaryDirectory() as folder:
        copy = Path(folder) / case
        shutil.copytree(before, copy)
        plan = planned(copy, sampling_of(case))
    (FIXTURES / case / "expected.json").write_text(
        written(trimmed(plan, codes_of(case))), encoding="utf-8"
    )
    write(FIXTURES / case / "after", before, edited(tree(before), plan))
    asked = unblocked(plan) if plan["unblocking"]["edits"] else {"edits": []}
    write(FIXTURES / case / "unblocked", before, edited(tree(before), asked))


def write(folder: Path, before: Path, changed: Mapping[str, bytes]) -> None:
    """Write the tree with edits made, where there are any, in place of what was there."""
    if folder.exists():
        shutil.rmtree(folder)
    if changed == tree(before):
        return
    for path, content in changed.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


if __name__ == "__main__":
    for name in sys.argv[1:] or CASES:
        update(name)
