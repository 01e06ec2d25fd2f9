from __future__ import annotations

import pytest

from migrator.commands.options import PlanOptions
from migrator.commands.plan import make_plan

CALL = b"""import os

from openai import OpenAI

MODEL = os.getenv("DESK_MODEL", "gpt-5.4")
OpenAI().responses.create(model=MODEL, instructions="Name the city in one word.", input="x")
"""


@pytest.fixture
def services(repository):
    repository.commit(
        {
            ".env": b"DESK_MODEL=another\n",
            "desk/.env": b"DESK_MODEL=other\n",
            "desk/app.py": CALL,
            "shop/.env": b"DESK_MODEL=other\n",
        }
    )
    return repository.root


def overriding(root):
    return [each.path for each in make_plan(root, PlanOptions()).plan.overrides]


def test_every_file_that_sets_the_variable_is_named(services):
    assert overriding(services) == [".env", "desk/.env", "shop/.env"]


def test_a_folder_of_a_repository_leaves_out_its_neighbours(services):
    assert overriding(services / "desk") == [".env", "desk/.env"]
