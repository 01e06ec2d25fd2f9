from __future__ import annotations

import subprocess

import pytest

from migrator.stages.unified_diff import diff_files

BEFORE = "# née\r\nx = 'gpt-4o'\r\n\x0cy = 1\n\nz = 'gpt-4o'".encode()


@pytest.mark.parametrize("tail", [b"", b"\n"])
def test_git_applies_the_diff_to_the_very_bytes(tmp_path, tail):
    (tmp_path / "née app.py").write_bytes(BEFORE + tail)
    after = (BEFORE + tail).replace(b"gpt-4o", b"gpt-5.5")
    text = diff_files([("née app.py", BEFORE + tail, after)])
    subprocess.run(
        ["git", "apply", "--whitespace=nowarn"], cwd=tmp_path, input=text.encode(), check=True
    )
    assert (tmp_path / "née app.py").read_bytes() == after


def test_equal_files_show_nothing():
    assert diff_files([("a.py", BEFORE, BEFORE)]) == ""
