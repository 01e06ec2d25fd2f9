"""Rewrite what fixtures expect from what the tool now does: `python -m tests.update_expected CASE`.

Read the difference line by line before you commit it: expectations are the specification.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.edited import edited
from tests.planning import CASES, FIXTURES, planned, tree, trimmed, written


def update(case: str) -> None:
    """Rewrite `expected.json` and `after/` of one case."""
    before = FIXTURES / case / "before"
    with TemporaryDirectory() as folder:
        copy = Path(folder) / case
        shutil.copytree(before, copy)
        plan = planned(copy)
    (FIXTURES / case / "expected.json").write_text(written(trimmed(plan)), encoding="utf-8")
    after = FIXTURES / case / "after"
    if after.exists():
        shutil.rmtree(after)
    changed = edited(tree(before), plan)
    if changed != tree(before):
        for path, content in changed.items():
            (after / path).parent.mkdir(parents=True, exist_ok=True)
            (after / path).write_bytes(content)


if __name__ == "__main__":
    for name in sys.argv[1:] or CASES:
        update(name)
