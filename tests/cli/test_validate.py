"""What `migrate apply --validate` runs, what it believes, and what it takes out."""

from __future__ import annotations

import json
import shlex
import sys

import pytest

from tests.repositories import Repository
from tests.running import migrate

BRANCH = "migrate/gpt-5.5"
PYTHON = shlex.quote(sys.executable)
UNITTEST = f"{PYTHON} -m unittest discover -s tests -t ."
FIVE = ("drafts", "greetings", "letters", "notes", "replies")
# Four modules call as they are asked; the tests know the letters' model by heart.
MODULE = """\
MODEL = "gpt-4.1"


def ask(client):
    return client.responses.create(model=MODEL, input="Say hello.")
"""
CALLER = """\
from openai import OpenAI

from desk import {name}

print({name}.ask(OpenAI()).output_text)
"""
TESTS = """\
import sys, unittest

from desk import drafts, greetings, letters, notes

class Client:
    def __init__(self): self.responses = self
    def create(self, **settings): return settings["model"]

class Tests(unittest.TestCase):
    def test_drafts(self): self.assertTrue(drafts.ask(Client()))
    def test_greetings(self): self.assertTrue(greetings.ask(Client()))
    def test_letters(self): self.assertEqual(letters.ask(Client())[:5], "gpt-4")
    def test_notes(self): self.assertTrue(notes.MODEL)
"""


@pytest.fixture
def five(repository, monkeypatch) -> Repository:
    """A project of five groups; its tests break for one of them, and reach three calls."""
    files = {f"desk/{name}.py": MODULE for name in FIVE} | {
        f"bin/{name}.py": CALLER.format(name=name) for name in FIVE
    }
    files |= {"desk/__init__.py": "", "tests/__init__.py": "", "tests/test_desk.py": TESTS}
    repository.commit({path: text.encode() for path, text in files.items()})
    monkeypatch.chdir(repository.root)
    return repository


def record(repository, name="result.json"):
    text = (repository.root / ".git/migrate" / BRANCH / name).read_text()
    return json.loads(text) if name.endswith(".json") else text


def ids(repository):
    return {name: repository.blob(f"{BRANCH}:desk/{name}.py").split(b'"')[1] for name in FIVE}


def test_the_group_that_breaks_the_tests_is_taken_out_and_the_rest_kept(five):
    before = five.state()
    ran = migrate("apply", "--yes", "--validate", UNITTEST)
    assert ran.code == 0, ran.err
    assert ids(five) == dict.fromkeys(FIVE, b"gpt-5.5") | {"letters": b"gpt-4.1"}
    result = record(five)
    (dropped,) = result["dropped"]
    assert dropped["reason"] == f"validation: it breaks `{UNITTEST}`"
    assert "AssertionError: 'gpt-5' != 'gpt-4'" in dropped["output"]
    (said,) = result["validation"]
    assert said["verdict"] == "passed"
    assert "without 1 group that breaks it" in said["detail"]
    assert "desk/letters.py:1" in ran.out
    assert "FAILED" in record(five, said["outputs"][-1])
    five.git("branch", "-D", BRANCH)
    assert five.state() == before


def test_each_changed_site_is_told_with_the_tests_that_run_it(five):
    migrate("apply", "--yes", "--validate", UNITTEST)
    plan = json.loads(migrate("plan", "--format", "json").out)
    places = {site["id"]: site["path"] for site in plan["sites"]}
    reach = {places[each["site"]]: each["tests"] for each in record(five)["reach"]}
    assert reach == {
        "desk/drafts.py": ["tests.test_desk.Tests.test_drafts"],
        "desk/greetings.py": ["tests.test_desk.Tests.test_greetings"],
        "desk/notes.py": [],
        "desk/replies.py": [],
    }


def test_a_compiled_copy_of_the_same_size_and_second_is_not_taken_for_the_new_bytes(five):
    compiled = f"{PYTHON} -m compileall -q desk"
    migrate("apply", "--yes", "--setup", compiled, "--validate", UNITTEST)
    assert ids(five)["letters"] == b"gpt-4.1"


def verdicts(repository):
    return [each["verdict"] for each in record(repository)["validation"]]


def test_a_command_that_failed_before_says_nothing_of_the_branch(five):
    command = f'{PYTHON} -c "import desk.notes, sys; sys.exit(3)"'
    assert migrate("apply", "--yes", "--validate", command).code == 0
    (said,) = record(five)["validation"]
    assert (said["verdict"], said["detail"]) == ("already failed", "exit code 3")
    assert set(ids(five).values()) == {b"gpt-5.5"}
    assert "already failed" in record(five, "summary.md")


def test_a_command_that_uses_no_edited_file_proves_nothing(five):
    commands = (f"{PYTHON} -c pass", "true", f'{PYTHON} -c "import desk.notes"')
    words = [word for command in commands for word in ("--validate", command)]
    migrate("apply", "--yes", *words)
    assert verdicts(five) == ["not proven", "not proven", "passed"]
    details = [each["detail"] for each in record(five)["validation"]]
    assert details == [
        "it uses none of the edited files",
        "no Python that it ran could be watched",
        "it uses 1 of 5 edited files, from the branch",
    ]


def test_a_checker_that_reads_the_edited_files_counts(five):
    command = f"{PYTHON} -c \"[open(f'desk/{{n}}.py').read() for n in {FIVE}]\""
    migrate("apply", "--yes", "--validate", command)
    assert verdicts(five) == ["passed"]


def test_a_command_that_fails_and_then_passes_blames_nobody(five, tmp_path):
    place = tmp_path / "runs"
    script = f"import desk.notes, sys; f = open({str(place)!r}, 'a+'); f.write('.'); f.flush()"
    command = f'{PYTHON} -c "{script}; f.seek(0); sys.exit(len(f.read()) == 2)"'
    migrate("apply", "--yes", "--validate", command)
    assert verdicts(five) == ["unsteady"]
    assert record(five)["dropped"] == []


def test_a_command_is_ended_in_time(five):
    command = f'{PYTHON} -c "import time; time.sleep(60)"'
    migrate("apply", "--yes", "--time-limit", "1", "--validate", command)
    (said,) = record(five)["validation"]
    assert (said["verdict"], said["detail"]) == ("already failed", "it did not end in time")


def test_no_branch_is_made_when_nothing_passes_and_the_output_is_kept(five):
    before = five.state()
    script = (
        "import glob; assert not [f for f in glob.glob('desk/*.py') if 'gpt-5.5' in open(f).read()]"
    )
    ran = migrate("apply", "--yes", "--validate", f'{PYTHON} -c "{script}"')
    assert ran.code == 0
    assert ran.out.startswith("Nothing to apply, so no branch was made")
    assert five.state() == before
    result = record(five)
    assert (result["branch"], result["commits"], len(result["dropped"])) == ("", [], 5)
    assert "AssertionError" in record(five, "1-branch.txt")


def test_what_a_run_leaves_behind_is_gone_in_the_next(five):
    script = "import os, desk.notes; os.mkdir('left'); os.mkdir('full'); open('full/f', 'x')"
    migrate("apply", "--yes", "--validate", f'{PYTHON} -c "{script}"')
    assert verdicts(five) == ["passed"]


def test_setup_and_links_prepare_the_checkout(five):
    five.write({".gitignore": b"lib/\n"})
    five.commit()
    five.write({"lib/vendored.py": b"import desk.notes\n"})
    options = ("--link", "lib", "--setup", f"{PYTHON} -c \"open('made', 'w')\"")
    command = f"{PYTHON} -c \"import sys; open('made'); sys.path.append('lib'); import vendored\""
    migrate("apply", "--yes", *options, "--validate", command)
    assert verdicts(five) == ["passed"]
    assert not (five.root / "made").exists()


REFUSED = [
    (("--validate", "no-such-program -q"), 2, "`no-such-program -q` cannot be run"),
    (("--validate", "sh -c 'oh"), 2, "is no command"),
    (("--validate", "true", "--link", "gone"), 2, "--link gone: there is no such file"),
    (("--validate", "true", "--link", "desk"), 2, "--link desk: git tracks it"),
    (("--validate", "true", "--link", "../.."), 2, "there is no such file"),
    (("--validate", "true", "--setup", "sh -c 'echo no; exit 4'"), 3, "failed (exit code 4):\nno"),
    (("--setup", "true"), 2, "--setup and --link prepare what --validate runs"),
]


@pytest.mark.parametrize(("words", "code", "message"), REFUSED, ids=[r[2] for r in REFUSED])
def test_what_cannot_be_run_is_refused_and_nothing_made(five, words, code, message):
    before = five.state()
    ran = migrate("apply", "--yes", *words)
    assert (ran.code, ran.out) == (code, "")
    assert message in ran.err
    assert five.state() == before


def test_commands_of_the_configuration_run_in_its_folder_and_can_be_left_out(five, monkeypatch):
    command = f"{PYTHON} -c \"import os, notes; assert os.getcwd().endswith(chr(47) + 'desk')\""
    five.commit({"desk/migrate.toml": f"validate = '''{command}'''\n".encode()})
    monkeypatch.chdir(five.root / "desk")
    migrate("apply", "--yes", "--no-validate", "--branch", "first")
    assert (
        json.loads((five.root / ".git/migrate/first/result.json").read_text())["validation"] == []
    )
    migrate("apply", "--yes")
    assert verdicts(five) == ["passed"]


def test_secrets_are_blanked_in_what_is_kept(five, monkeypatch):
    monkeypatch.setenv("DESK_API_KEY", "hunter2-hunter2")
    said = "import os, desk.notes; print(os.environ['DESK_API_KEY'], 'sk-abcdefghijklmnop')"
    migrate("apply", "--yes", "--validate", f'{PYTHON} -c "{said}"')
    text = record(five, "1-branch.txt")
    assert text.endswith("\n(redacted) (redacted)\n")
