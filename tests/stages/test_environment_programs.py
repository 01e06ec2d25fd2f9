"""Programs that run together: one imports the other, or both are in the folder of one program."""

from __future__ import annotations

import pytest

from migrator.stages.environment._programs import run_together

PROGRAMS = frozenset(
    {"mail/main.py", "mail/llm/ask.py", "mail/core/boot.py", "web/app.py", "setup.py", "a/b.py"}
)


def imports(path: str) -> frozenset[str]:
    return frozenset({path, "libs/boot/env.py"} if path == "web/app.py" else {path})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mail/core/boot.py", "mail/llm/ask.py"),
        ("mail/main.py", "mail/llm/ask.py"),
        ("libs/boot/env.py", "web/app.py"),
        ("web/app.py", "libs/boot/env.py"),
    ],
)
def test_parts_of_one_program_run_together(one, other):
    assert run_together(imports, PROGRAMS, one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("web/app.py", "mail/llm/ask.py"),
        ("a/b.py", "mail/main.py"),
        ("examples/boot.py", "mail/main.py"),
    ],
)
def test_programs_of_other_folders_do_not(one, other):
    assert not run_together(imports, PROGRAMS, one, other)
