"""A plan is given again while nothing that it came from has changed, and never longer."""

from __future__ import annotations

import os

import pytest

from migrator.adapters.plan_file import dump_plan
from migrator.commands._work import Work
from migrator.commands.options import PlanOptions
from migrator.commands.plan import make_plan

FILES = {
    "app.py": b"""from openai import OpenAI

from prompts import RULES

answer = OpenAI().responses.create(model="gpt-5.4", instructions=RULES, input=input())
""",
    "prompts.py": b'RULES = "Answer in one short sentence."\n',
    "notes.md": b"We use gpt-4o.\n",
    "tests/test_app.py": b"def test_nothing():\n    assert True\n",
}
CACHED = Work(cache=True)


@pytest.fixture
def desk(repository):
    repository.commit(FILES)
    make_plan(repository.root, PlanOptions(), CACHED)
    return repository


@pytest.fixture
def kept(cache_of_its_own):
    def count():
        return sum(each.is_file() for each in cache_of_its_own.rglob("plans/*/*"))

    return count


def planned(root, work, **options):
    return dump_plan(make_plan(root, PlanOptions(**options), work).plan)


def test_the_same_tree_gives_the_kept_plan(desk, kept):
    assert planned(desk.root, CACHED) == planned(desk.root, Work())
    assert kept() == 1


def edit(desk):
    desk.write({"app.py": FILES["app.py"].replace(b"5.4", b"4.1")})


def stage(desk):
    desk.write({"new.py": b'MODEL = "gpt-4.1"\n'})
    desk.git("add", "new.py")


def remove(desk):
    (desk.root / "notes.md").unlink()


def commit(desk):
    desk.commit({"notes.md": b"We use gpt-4o and gpt-4.1.\n"})


def add_untracked(desk):
    desk.write({"scratch.py": b'MODEL = "gpt-4.1"\n'})


def configure(desk):
    desk.write({"migrate.toml": b'exclude = ["app.py"]\n'})


def hide_an_edit_from_git(desk):
    desk.git("update-index", "--assume-unchanged", "app.py")
    edit(desk)


def skip_an_edited_file(desk):
    desk.git("update-index", "--skip-worktree", "prompts.py")
    desk.write({"prompts.py": b'RULES = "Answer in two sentences."\n'})


def edit_in_the_same_instant(desk):
    times = (desk.root / "app.py").stat()
    edit(desk)
    os.utime(desk.root / "app.py", ns=(times.st_atime_ns, times.st_mtime_ns))


@pytest.mark.parametrize(
    "change",
    [
        edit,
        stage,
        remove,
        commit,
        add_untracked,
        configure,
        hide_an_edit_from_git,
        skip_an_edited_file,
        edit_in_the_same_instant,
    ],
)
def test_a_changed_tree_is_planned_anew(desk, change):
    before = planned(desk.root, CACHED)
    change(desk)
    assert planned(desk.root, CACHED) == planned(desk.root, Work()) != before


def test_other_line_ends_that_git_does_not_see_are_seen(repository):
    repository.commit({**FILES, ".gitattributes": b"*.py text\n"})
    before = planned(repository.root, CACHED)
    repository.write({"app.py": FILES["app.py"].replace(b"\n", b"\r\n")})
    repository.git("add", "app.py")
    assert planned(repository.root, CACHED) == planned(repository.root, Work()) != before


@pytest.mark.parametrize("options", [{"sources": ("gpt-4o",)}, {"exclude": ("app.py",)}])
def test_other_options_are_other_plans(desk, options, kept):
    again = planned(desk.root, CACHED, **options)
    assert again == planned(desk.root, Work(), **options) != planned(desk.root, CACHED)
    assert kept() == 2


def test_another_folder_of_the_tree_is_another_plan(desk):
    within = planned(desk.root / "tests", CACHED)
    assert within == planned(desk.root / "tests", Work()) != planned(desk.root, CACHED)


def test_a_plan_that_is_none_is_made_anew(desk, cache_of_its_own):
    place = next(each for each in cache_of_its_own.rglob("plans/*/*") if each.is_file())
    for content in (b"", b"{}", place.read_bytes()[:-3]):
        place.write_bytes(content)
        assert planned(desk.root, CACHED) == planned(desk.root, Work())


def test_without_a_cache_nothing_is_kept(repository, kept):
    repository.commit(FILES)
    make_plan(repository.root, PlanOptions(), Work())
    assert kept() == 0


def test_a_plain_folder_is_planned_each_time(tmp_path, kept):
    for name, content in FILES.items():
        place = tmp_path / "plain" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    assert planned(tmp_path / "plain", CACHED) == planned(tmp_path / "plain", Work())
    assert kept() == 0
