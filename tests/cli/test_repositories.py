"""Repositories in every state: what can be planned there, and what can be applied."""

from __future__ import annotations

import pytest

from tests.cli.conftest import CALL
from tests.repositories import Repository
from tests.running import migrate

BRANCH = "migrate/gpt-5.5"


def test_empty_repository_has_nothing_to_move(repository, monkeypatch):
    monkeypatch.chdir(repository.root)
    ran = migrate("plan")
    assert (ran.code, ran.err) == (0, "")
    assert "No model usage was found here." in ran.out


def test_repository_without_a_commit_is_planned_and_not_applied(repository, monkeypatch):
    repository.write({"app.py": CALL})
    repository.git("add", "app.py")
    monkeypatch.chdir(repository.root)
    before = repository.state()
    assert "Moves now: 1 site" in migrate("plan").out
    ran = migrate("apply", "--yes")
    assert (ran.code, ran.out) == (3, "")
    assert "has no commit yet" in ran.err
    assert repository.state() == before


def test_detached_head_is_planned_and_applied(small):
    small.git("checkout", "--quiet", "--detach")
    assert migrate("plan").code == 0
    assert migrate("apply", "--yes").code == 0
    assert small.blob(f"{BRANCH}:app.py") == CALL.replace(b"gpt-4.1", b"gpt-5.5")


def test_folder_without_git_shows_its_edits_and_is_not_applied(folder):
    assert '+print(OpenAI().responses.create(model="gpt-5.5"' in migrate("apply", "--diff").out
    ran = migrate("apply", "--yes")
    assert (ran.code, ran.out) == (3, "")
    assert "not in a git repository" in ran.err
    assert (folder.root / "app.py").read_bytes() == CALL


@pytest.mark.parametrize("verb", [("plan",), ("apply", "--yes")], ids=["plan", "apply"])
def test_bare_repository_is_refused(tmp_path, monkeypatch, verb):
    made = Repository(tmp_path / "bare.git")
    made.root.mkdir()
    made.git("init", "--quiet", "--bare")
    monkeypatch.chdir(made.root)
    ran = migrate(*verb)
    assert (ran.code, ran.out) == (3, "")
    assert "is a bare repository" in ran.err


def test_repository_that_git_cannot_read_is_refused(small):
    (small.root / ".git" / "config").write_text("[core\n")
    ran = migrate("plan")
    assert (ran.code, ran.out) == (3, "")
    assert "git cannot read the repository" in ran.err


def test_git_directory_that_cannot_be_written_is_refused(small):
    (small.root / ".git" / "migrate").write_text("in the way")
    before = small.state()
    ran = migrate("apply", "--yes")
    assert (ran.code, ran.out) == (3, "")
    assert "cannot write " in ran.err
    assert small.state() == before


def test_failing_hook_is_told_and_leaves_nothing(small):
    small.hook("pre-commit", "echo lint says no; exit 1\n")
    before = small.state()
    ran = migrate("apply", "--yes")
    assert (ran.code, ran.out) == (3, "")
    assert "\nlint says no\n" in ran.err
    assert small.state() == before
