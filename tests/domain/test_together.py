from __future__ import annotations

import shutil

from migrator.commands.options import PlanOptions
from migrator.commands.plan import make_plan
from migrator.domain.together import together
from tests.planning import FIXTURES


def test_what_belongs_together_is_told_once_and_not_where_it_wins_anyway(tmp_path):
    shutil.copytree(FIXTURES / "sync-sets" / "before", tmp_path / "desk")
    assert together(make_plan(tmp_path / "desk", PlanOptions()).plan) == {
        "gpt-4.1 of settings.py:4 has copies by the same name, which stay:": ("web/settings.ts:1",),
        "gpt-4.1 of settings.py:10, settings.py:11 has copies by the same name, which stay:": (
            "web/settings.ts:2",
        ),
        "gpt-4.1 is offered where gpt-5.5 is not:": ("desk.py:9", "desk.py:10"),
    }
