"""Give the demo and a small project, each committed, as the current directory."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.openai_server import Received, openai_server
from tests.planning import FIXTURES
from tests.repositories import Repository

DEMO = FIXTURES / "support-desk"
CALL = b"""\
from openai import OpenAI

print(OpenAI().responses.create(model="gpt-4.1", input="Say hello.").output_text)
"""


@pytest.fixture(autouse=True)
def plain_screen(monkeypatch):
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def desk(tmp_path, monkeypatch) -> Repository:
    made = Repository.made(tmp_path / "desk")
    shutil.copytree(DEMO / "before", made.root, dirs_exist_ok=True)
    made.commit()
    monkeypatch.chdir(made.root)
    return made


@pytest.fixture
def small(repository, monkeypatch) -> Repository:
    repository.commit({"app.py": CALL})
    monkeypatch.chdir(repository.root)
    return repository


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Repository:
    """A project without git."""
    made = Repository(tmp_path / "plain")
    made.write({"app.py": CALL})
    monkeypatch.chdir(made.root)
    return made


@pytest.fixture
def api(monkeypatch):
    """Let commands ask a server of this machine, as long as it is open, with a key that is none."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test-not-a-key")

    @contextmanager
    def serving(answer) -> Iterator[Received]:
        with openai_server(answer) as server:
            monkeypatch.setenv("OPENAI_BASE_URL", server.url)
            yield server

    return serving
