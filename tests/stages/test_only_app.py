from __future__ import annotations

import pytest

from migrator.stages.classify._only_app import only_app


@pytest.mark.parametrize(
    ("programs", "folder"),
    [
        (["examples/desk/main.py", "examples/desk/prompts.py"], "examples/desk"),
        (["demo/app.py", "demo/tests/test_app.py", "setup.py"], "demo"),
        (["sample/desk.py"], "sample"),
        (["examples/desk/main.py", "app/main.py"], ""),
        (["examples/desk/main.py", "examples/shop/main.py"], ""),
        (["examples/hello.py", "examples/tools.py"], ""),
        (["app/main.py"], ""),
        (["tests/test_app.py"], ""),
        ([], ""),
    ],
)
def test_folder_of_the_only_app_of_nothing_but_an_example(programs, folder):
    assert only_app(programs) == folder
