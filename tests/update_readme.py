"""Put what the commands print today into the README: `python -m tests.update_readme`.

Read the difference before you commit it: it is what users will see.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
DEMO = "fixtures/support-desk/before"
DAY = "2026-11-20T12:00:00+0000"  # the same ids on every run
COMMIT = re.compile(r"\(commit [0-9a-f]{10}\)")
AUTHOR = ("-c", "user.name=Reader", "-c", "user.email=reader@example.com")


def main() -> None:
    """Rewrite the output blocks in place."""
    readme = ROOT / "README.md"
    text = readme.read_text(encoding="utf-8")
    told = _migrate(ROOT, "plan", DEMO).replace(", with uncommitted changes", "")
    told = COMMIT.sub(COMMIT.findall(text)[0], told)  # any will do, and the old one tells no change
    text = _put(text, "plan", re.sub(r"\nNotices\n(  .*\n)+", "", told))
    with tempfile.TemporaryDirectory(prefix="migrate-readme-") as folder:
        project = Path(folder) / "desk"
        shutil.copytree(ROOT / DEMO, project)
        for words in (("init", "-q"), ("add", "-A"), (*AUTHOR, "commit", "-qm", "Desk")):
            dated = os.environ | {"GIT_COMMITTER_DATE": DAY, "GIT_AUTHOR_DATE": DAY}
            subprocess.run(("git", *words), cwd=project, check=True, env=dated)
        for key, value in (("user.name", "Reader"), ("user.email", "reader@example.com")):
            subprocess.run(("git", "config", key, value), cwd=project, check=True)
        told = _migrate(project, "apply", "--yes")
        head = told[: told.index("nothing is pushed.\n") + len("nothing is pushed.\n")]
    readme.write_text(_put(text, "apply", head), encoding="utf-8")


def _migrate(folder: Path, *words: str) -> str:
    unset = ("COLUMNS", "FORCE_COLOR")
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    environment |= {"NO_COLOR": "1", "PYTHONPATH": str(ROOT), "GIT_COMMITTER_DATE": DAY}
    environment["GIT_AUTHOR_DATE"] = DAY
    command = (sys.executable, "-m", "migrator", *words)
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=True
    ).stdout


def _put(text: str, name: str, output: str) -> str:
    start = f"<!-- output:{name} -->\n\n```text\n"
    block = re.compile(re.escape(start) + r".*?```\n", re.DOTALL)
    return block.sub(lambda _: f"{start}{output}```\n", text, count=1)


if __name__ == "__main__":
    main()
