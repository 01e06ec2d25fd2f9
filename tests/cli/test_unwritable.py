"""Places that cannot be written: apply says so, or does without, and leaves nothing behind."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import CALL
from tests.running import PROGRAM, environment, process

BRANCH = "migrate/gpt-5.5"
MOVED = CALL.replace(b"gpt-4.1", b"gpt-5.5")


def limited(*words: str) -> tuple[str, ...]:
    """Give a command that may not override the rights of files, even for root."""
    if os.getuid() != 0:
        return words
    return ("setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner", *words)


rights = pytest.mark.skipif(
    not hasattr(os, "getuid") or (os.getuid() == 0 and shutil.which("setpriv") is None),
    reason="needs somebody who may not write everything",
)


@pytest.fixture
def closed(small):
    """A way to forget the right to write; it comes back after the test."""
    shut: list[Path] = []

    def close(place: Path) -> None:
        for each in (place, *place.rglob("*")):
            if each.is_dir():
                each.chmod(0o555)
                shut.append(each)

    yield close
    for each in shut:
        each.chmod(0o755)


def run_limited(repository, **more):
    done = subprocess.run(
        limited(*PROGRAM, "apply", "--yes"),
        cwd=repository.root,
        env=environment(**more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return done.returncode, done.stderr.decode()


@rights
def test_tree_that_cannot_be_written_is_not_written(small, closed):
    (small.root / "folder").mkdir()
    closed(small.root / "folder")
    small.root.chmod(0o555)
    code, words = run_limited(small)
    small.root.chmod(0o755)
    assert code == 0, words
    assert small.blob(f"{BRANCH}:app.py") == MOVED


@rights
def test_git_directory_that_cannot_be_written_is_refused(small, closed):
    before = small.state()
    closed(small.root / ".git")
    code, words = run_limited(small)
    assert code == 3
    assert "cannot write" in words
    assert "Permission denied" in words
    assert "a bug in migrate" not in words
    assert small.state() == before


@rights
def test_temporary_folder_that_cannot_be_written_is_refused(small, closed, tmp_path):
    (tmp_path / "tmp").mkdir()
    closed(tmp_path / "tmp")
    before = small.state()
    code, words = run_limited(small, TMPDIR=str(tmp_path / "tmp"))
    assert code in {0, 3}  # a temporary folder elsewhere may do
    assert "a bug in migrate" not in words
    if code == 3:
        assert small.state() == before


@pytest.mark.parametrize("blocks", [1, 8, 24])
def test_full_disk_is_told_and_leaves_nothing(small, blocks, tmp_path):
    small.commit({"large.txt": b"0123456789abcdef\n" * 4_000})
    (tmp_path / "tmp").mkdir()
    before = small.state()
    # A limit on the size of files stops a write midway, as a full disk does.
    command = ("sh", "-c", f'ulimit -f {blocks}; exec "$@"', "sh", *PROGRAM)
    ran = process("apply", "--yes", cwd=small.root, command=command, TMPDIR=str(tmp_path / "tmp"))
    assert ran.code == 3
    assert "a bug in migrate" not in ran.err
    assert small.state() == before
    assert list((tmp_path / "tmp").iterdir()) == []
