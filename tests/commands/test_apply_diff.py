from __future__ import annotations

import subprocess

import pytest

from migrator.adapters.repository import open_tree
from migrator.commands.apply import diff
from migrator.domain.errors import StalePlanError
from migrator.domain.frontend import FrontEnd
from tests.applying import options
from tests.plans import edit, plan
from tests.repositories import Repository

APP = b"A = 'gpt-4o'\r\nB = 'gpt-5.4'"


def shown(root, content=APP, front_ends=()):
    edits = [edit(content, "gpt-4o", group="g1"), edit(content, "gpt-5.4", group="g2")]
    notes: list[str] = []
    document = plan({"app.py": content}, edits)
    return diff(document, open_tree(root), front_ends, options(), notes.append), notes


def test_diff_outside_git_fits_the_files_and_writes_nothing(tmp_path):
    Repository(tmp_path).write({"app.py": APP})
    text, _ = shown(tmp_path)
    assert (tmp_path / "app.py").read_bytes() == APP
    subprocess.run(["git", "apply"], cwd=tmp_path, input=text.encode(), check=True)
    assert (tmp_path / "app.py").read_bytes() == b"A = 'gpt-5.5'\r\nB = 'gpt-5.5'"


def test_diff_of_uncommitted_bytes_says_what_apply_would_do(repository):
    repository.commit({"app.py": b""})
    repository.write({"app.py": APP})
    before = repository.state()
    text, notes = shown(repository.root)
    assert text.count("\n+") == 3
    assert any("uncommitted" in note for note in notes)
    assert repository.state() == before


def test_diff_of_other_bytes_is_stale(tmp_path):
    Repository(tmp_path).write({"app.py": APP + b"#"})
    with pytest.raises(StalePlanError):
        shown(tmp_path)


def test_unproved_group_is_noted_and_not_shown(tmp_path):
    Repository(tmp_path).write({"app.py": APP})

    def prove(source, splices, after):
        return "no" if b"gpt-5.4" not in after else None

    text, notes = shown(tmp_path, front_ends=[FrontEnd("python", (".py",), None, None, prove)])
    assert "gpt-4o" in text
    assert "-B" not in text
    assert notes == ["left out: app.py:2  unproved: app.py: no"]
