"""What the documents promise exists."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import migrate

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "fixtures/README.md")
PLAN, CHECK = (
    line for line in README.splitlines() if line.startswith("python3 -m venv .venv &&")
)  # fmt: skip
VERBS = sorted(set(re.findall(r"(?m)^migrate ([a-z-]+)", README)))


def shown_help(*words: str) -> str:
    environment = os.environ | {"COLUMNS": "200", "NO_COLOR": "1"}
    command = [sys.executable, "-m", "migrator", *words, "--help"]
    answer = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return answer.stdout


def test_first_command_plans_the_demo():
    assert PLAN.endswith("migrate plan fixtures/support-desk/before")
    assert (ROOT / "fixtures/support-desk/before").is_dir()


def test_continuous_integration_runs_the_second_command_as_written():
    script = ROOT / ".ci" / "run"
    if script.exists():  # it is not part of a source distribution
        assert CHECK in script.read_text(encoding="utf-8").splitlines()
        assert os.access(script, os.X_OK)
    assert CHECK.endswith(" -m tests.check")
    assert CHECK in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_somewhere(document):
    place = ROOT / document
    links = re.findall(r"\]\((?!https?://)([^)#]+)\)", place.read_text(encoding="utf-8"))
    assert [link for link in links if not (place.parent / link).exists()] == []


@pytest.mark.parametrize("verb", VERBS)
def test_commands_take_the_options_that_are_shown(verb):
    options = set(re.findall(rf"(?m)^migrate {verb} .*?(--[a-z-]+)", README))
    text = shown_help(verb)
    assert [option for option in options if option not in text] == []


def test_diff_shown_first_is_the_demos_own():
    diff = README.split("```diff\n")[1].split("```")[0].splitlines()[3:]
    for sign, tree in (("+", "before"), ("-", "after")):
        lines = [line[1:] for line in diff if not line.startswith(sign)]
        file = ROOT / "fixtures/support-desk" / tree / "support_desk/config.py"
        assert "\n".join(lines) in file.read_text(encoding="utf-8")


def shown(name: str) -> str:
    return README.split(f"<!-- output:{name} -->\n\n```text\n")[1].split("```\n")[0]


def told(text: str) -> str:
    """Leave out what every commit changes, and notices of files that are not tracked yet."""
    text = re.sub(r"\nNotices\n(  .*\n)+", "", text)
    text = re.sub(r"\(commit [0-9a-f]{10}(, with uncommitted changes)?\)", "(commit)", text)
    return re.sub(r"(?m)(?<=on )[0-9a-f]{12}|^  [0-9a-f]{12}", "  commit", text)


@pytest.fixture
def page(monkeypatch):
    for name in ("COLUMNS", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="a plan names the commit")
@pytest.mark.usefixtures("page")
def test_plan_shown_is_what_the_command_prints(monkeypatch):
    monkeypatch.chdir(ROOT)
    assert told(shown("plan")) == told(migrate("plan", "fixtures/support-desk/before").out)


@pytest.mark.usefixtures("page")
def test_apply_shown_is_what_the_command_prints(repository, monkeypatch):
    before = ROOT / "fixtures/support-desk/before"
    shutil.copytree(before, repository.root, dirs_exist_ok=True)
    repository.commit()
    monkeypatch.chdir(repository.root)
    assert told(migrate("apply", "--yes").out).startswith(told(shown("apply")))


def test_placeholders_for_output_are_filled():
    assert re.findall(r"<!-- output:[a-z]+ -->\n\n(?!```)", README) == []
