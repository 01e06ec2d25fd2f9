"""Which file of the repository an expression names, and what is read from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.adapters.facts_reader import FactsReader
from migrator.adapters.plain_folder import PlainFolder
from migrator.domain.trail import Confidence, Found, Frame, HopKind, Lost
from migrator.following.callers import Callers
from migrator.following.follow import Follower
from migrator.frontends.python import FRONT_END as PYTHON
from migrator.frontends.text import FRONT_END as TEXT
from migrator.frontends.yaml import FRONT_END as YAML

FILES = {
    "app/prompts/__init__.py": "",
    "app/prompts/desk.txt": "Answer letters.",
    "app/prompts/set.yaml": "desk: Sort letters.\n",
    "shared/desk.txt": "Shared words.",
}


@pytest.fixture
def follow(tmp_path):
    def ends(value: str, before: str = ""):
        code = f"import io, os, pathlib, yaml\nfrom pathlib import Path\n{before}\nx = {value}\n"
        for path, text in {**FILES, "app/desk.py": code}.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text, encoding="utf-8")
        reader = FactsReader(PlainFolder(Path(tmp_path)), (PYTHON, TEXT, YAML))
        facts = reader.facts("app/desk.py")
        value = facts.scopes[""].bindings[-1].value
        return Follower(reader, Callers()).follow(value, Frame("app/desk.py", ""))

    return ends


@pytest.mark.parametrize(
    "value",
    [
        "(Path(__file__).parent / 'prompts' / 'desk.txt').read_text()",
        "Path(__file__).resolve().parents[1].joinpath('app', 'prompts/desk.txt').read_text()",
        "open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'prompts/desk.txt')).read()",
        "io.open(f'{os.path.dirname(__file__)}/prompts/{\"desk\"}.txt', 'rb').read().decode()",
        "pathlib.Path(os.path.dirname(__file__) + '/prompts/desk.txt').open().read().strip()",
        "Path(os.path.dirname(__file__), '../app/prompts', 'desk.txt').read_text()",
    ],
)
def test_paths_from_the_file_itself_are_certain(follow, value):
    (end,) = follow(value)
    assert isinstance(end, Found)
    assert (end.frame.path, end.expression.value) == ("app/prompts/desk.txt", "Answer letters.")
    (hop,) = (each for each in end.hops if each.kind is HopKind.FILE)
    assert (hop.confidence, hop.detail) == (Confidence.CERTAIN, "app/prompts/desk.txt")


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ("open('shared/desk.txt').read()", "shared/desk.txt"),
        ("Path('prompts/desk.txt').read_text()", "app/prompts/desk.txt"),
        ("(Path.cwd() / 'shared' / 'desk.txt').read_text()", "shared/desk.txt"),
    ],
)
def test_paths_from_wherever_the_program_starts_are_likely(follow, value, path):
    (end,) = follow(value)
    assert isinstance(end, Found)
    assert end.frame.path == path
    assert [each.confidence for each in end.hops] == [Confidence.LIKELY]


@pytest.mark.parametrize(
    "value",
    [
        "open('/etc/desk.txt').read()",
        "open('prompts/gone.txt').read()",
        "open(os.environ['DESK']).read()",
        "(Path(__file__).parents[7] / 'desk.txt').read_text()",
    ],
)
def test_files_that_are_not_here_are_lost(follow, value):
    (end,) = follow(value)
    assert isinstance(end, Lost)


@pytest.mark.parametrize(
    "value",
    [
        "io.StringIO('desk.txt').read()",
        "session.read()",
        "Path(__file__).parent.joinpath(name(), 'desk.txt').read_text()",
    ],
)
def test_what_reads_no_file_is_left(follow, value):
    (end,) = follow(value)
    assert all(each.kind is not HopKind.FILE for each in end.hops)


def test_a_file_opened_in_a_context_and_parsed(follow):
    before = (
        "def load(name):\n"
        "    with open(Path(__file__).with_name('x').parent / 'prompts' / name) as file:\n"
        "        return yaml.safe_load(file)\n"
        "HERE = Path(__file__).parent\n"
        "def tidy(name):\n"
        "    with (HERE / 'prompts' / name).open() as file:\n"
        "        return yaml.safe_load(file.read())\n"
    )
    (end,) = follow("tidy('set.yaml')['desk']", before)
    assert isinstance(end, Found)
    assert (end.frame.path, end.expression.value) == ("app/prompts/set.yaml", "Sort letters.")
    assert {HopKind.FILE, HopKind.RETURN, HopKind.CONFIG_KEY} <= {each.kind for each in end.hops}


def test_data_of_another_format_is_lost(follow):
    (end,) = follow("yaml.safe_load(open(Path(__file__).parent / 'prompts/desk.txt'))")
    assert isinstance(end, Lost)
    assert end.reason == "app/prompts/desk.txt cannot be read as YAML"


def test_the_only_data_file_of_a_path_is_certain(follow):
    (end,) = follow("yaml.safe_load(open('prompts/set.yaml'))['desk']")
    assert {each.confidence for each in end.hops} == {Confidence.CERTAIN}
