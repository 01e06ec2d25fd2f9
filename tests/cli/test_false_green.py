"""An installed copy of the user's checkout must never vouch for the branch."""

from __future__ import annotations

import json
import os
import subprocess
import venv
from pathlib import Path

import pytest

from tests.cli.conftest import CALL
from tests.running import migrate

BRANCH = "migrate/gpt-5.5"
MODULE = (
    b'MODEL = "gpt-4.1"\n\n\ndef ask(client):\n    return client.responses.create(model=MODEL)\n'
)
USE = b"from openai import OpenAI\n\nfrom desk.letters import ask\n\nprint(ask(OpenAI()))\n"
# It fails on the branch, if it is the branch that it sees.
CHECK = b'import sys\n\nfrom desk import letters\n\nsys.exit(letters.MODEL != "gpt-4.1")\n'


@pytest.fixture(scope="module")
def environment(tmp_path_factory) -> Path:
    """A virtual environment of its own, without anything installed."""
    place = tmp_path_factory.mktemp("venv") / "own"
    venv.create(place, with_pip=False, symlinks=os.name != "nt")
    return place


@pytest.fixture
def installed(repository, monkeypatch, environment):
    """Commit a project whose sources stand in `src`, and install it the given way."""
    repository.commit(
        {"src/desk/__init__.py": b"", "src/desk/letters.py": MODULE, "bin/use.py": USE}
        | {"checks/check.py": CHECK}
    )
    monkeypatch.chdir(repository.root)

    def install(line: str) -> str:
        (packages,) = environment.glob("lib/python*/site-packages")
        (packages / "desk.pth").write_text(line.format(source=repository.root / "src") + "\n")
        return f"{environment / 'bin' / 'python'} checks/check.py"

    return install


def result(repository):
    return json.loads((repository.root / ".git/migrate" / BRANCH / "result.json").read_text())


def test_the_installed_checkout_is_green_whatever_the_branch_holds(repository, installed):
    command = installed("{source}").split()
    assert subprocess.run(command, check=False, cwd=repository.root).returncode == 0
    repository.write({"src/desk/letters.py": MODULE.replace(b"gpt-4.1", b"gpt-5.5")})
    assert subprocess.run(command, check=False, cwd=repository.root).returncode == 1


def test_modules_of_an_editable_install_are_taken_from_the_branch_all_the_same(
    repository, installed
):
    assert migrate("apply", "--yes", "--validate", installed("{source}")).code == 0
    found = result(repository)
    assert found["commits"] == []
    (dropped,) = found["dropped"]
    assert dropped["reason"].startswith("validation: it breaks ")
    assert "run with PYTHONPATH=src" in found["validation"][0]["detail"]


def test_an_install_that_cannot_be_passed_by_is_not_proven(repository, installed):
    command = installed("import sys; sys.path.insert(0, '{source}')")
    assert migrate("apply", "--yes", "--validate", command).code == 0
    (said,) = result(repository)["validation"]
    assert said["verdict"] == "not proven"
    assert said["detail"] == (
        "it takes src/desk/letters.py from your checkout instead of the branch's"
    )
    summary = (repository.root / ".git/migrate" / BRANCH / "summary.md").read_text()
    assert "not proven" in summary
    assert ": passed" not in summary


def test_a_copy_that_would_be_imported_is_enough_to_doubt(repository, installed):
    installed("import sys; sys.path.insert(0, '{source}')")
    repository.commit({"src/desk/other.py": CALL})
    command = installed("import sys; sys.path.insert(0, '{source}')").replace("check.py", "none.py")
    repository.commit({"checks/none.py": b"open('src/desk/other.py').read()\n"})
    migrate("apply", "--yes", "--validate", command)
    assert result(repository)["validation"][0]["verdict"] == "not proven"
