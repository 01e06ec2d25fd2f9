"""Make git deterministic and give every test that wants one a repository of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.repositories import Repository

SETTINGS = """\
[user]
name = A Writer
email = writer@example.com
[init]
defaultBranch = main
[commit]
gpgsign = false
"""


@pytest.fixture(autouse=True)
def deterministic_git(tmp_path_factory, monkeypatch):
    """Shut out the machine's own git settings."""
    settings = tmp_path_factory.mktemp("git") / "config"
    settings.write_text(SETTINGS)
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_CONFIG_COUNT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_AUTHOR_DATE", "2026-01-01T00:00:00Z")
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-01-01T00:00:00Z")
    # A folder under test may lie inside somebody's checkout.
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(settings.parent.parent))


@pytest.fixture(autouse=True)
def cache_of_its_own(tmp_path_factory, monkeypatch):
    """Keep the user's cache out of the tests, and the tests out of the user's cache."""
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    return folder


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Give an empty repository on an unborn `main`."""
    return Repository.made(tmp_path / "desk")
