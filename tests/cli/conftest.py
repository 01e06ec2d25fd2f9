"""Give the demo and a small project, each committed, as the current directory."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from migrator.commands.options import AssistOptions, PlanOptions
from migrator.commands.show import ShowOptions, show_plan
from tests.openai_server import Received, openai_server
from tests.planning import FIXTURES
from tests.repositories import Repository
from tests.running import migrate
from tests.wordings import CALL as LABELLING
from tests.wordings import PROMPT

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


@pytest.fixture
def label(repository, monkeypatch):
    repository.commit({"app.py": LABELLING.format(prompt=PROMPT).encode()})
    monkeypatch.chdir(repository.root)
    return repository


@pytest.fixture
def served(label, api):
    def run(answer, *words):
        with api(answer) as server:
            ran = migrate("plan", "--assist", "--format", "json", *(words or ("--yes",)))
        return ran, server

    return run


@pytest.fixture
def quick(label, api, capfdbinary):
    """Plan with little patience, so that a server that never answers costs no time."""

    def run(answer, **options):
        with api(answer) as server:
            asking = AssistOptions(yes=True, **{"seconds": 0.3, "retries": 0, **options})
            code = show_plan(label.root, PlanOptions(), ShowOptions(format="json", assist=asking))
        assert code == 0
        return json.loads(capfdbinary.readouterr().out), server

    return run
