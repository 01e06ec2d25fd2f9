from __future__ import annotations

import ast

from benchmarks.trees import Shape, contents, make_tree
from migrator.commands.options import PlanOptions
from migrator.commands.plan import make_plan
from tests.planning import tree
from tests.repositories import Repository

SHAPE = Shape(files=60, lines=2, seed=7)


def files(root):
    return {path: text for path, text in tree(root).items() if not path.startswith(".git/")}


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    make_tree(tmp_path / "one", SHAPE)
    make_tree(tmp_path / "two", SHAPE)
    assert files(tmp_path / "one") == files(tmp_path / "two")
    one, two = Repository(tmp_path / "one"), Repository(tmp_path / "two")
    assert one.git("rev-parse", "HEAD") == two.git("rev-parse", "HEAD")


def test_another_seed_gives_other_bytes():
    assert dict(contents(SHAPE)) != dict(contents(Shape(files=60, lines=2, seed=8)))


def test_every_file_is_made_and_all_python_parses():
    made = dict(contents(SHAPE))
    assert len(made) == 60
    for path, text in made.items():
        if path.endswith(".py"):
            ast.parse(text, path)


def test_more_files_do_not_change_those_that_concern_a_model():
    few, many = (
        {path: text for path, text in contents(Shape(files=count, lines=2)) if "desks/" in path}
        for count in (60, 600)
    )
    assert few == many
    assert len(few) == 8


def test_every_call_made_is_a_site_of_the_plan(tmp_path):
    made = make_tree(tmp_path / "desk", SHAPE)
    plan = make_plan(tmp_path / "desk", PlanOptions()).plan
    assert len(plan.sites) == made.calls
    assert made.concerned == 8
