"""The program starts by each of its names, at once, and ends well with its output cut off."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from migrator import __version__
from tests.cli.conftest import CALL
from tests.running import PROGRAM, ROOT, environment, migrate, process

HEAVY = ("asyncio", "git", "jinja2", "libcst", "openai", "pydantic", "rich")
LOADED = f"""
import sys
from migrator.__main__ import run
try:
    run()
except SystemExit as ended:
    loaded = [name for name in {HEAVY} if name in sys.modules]
    sys.stderr.write(f"{{ended.code}} {{loaded}}")
"""


def test_module_starts(tmp_path):
    assert process("--version", cwd=tmp_path).out == f"migrate {__version__}\n"


@pytest.mark.parametrize("name", ["ast", "typer", "yaml"])
def test_module_does_not_take_modules_of_the_checkout_for_its_own(name, repository):
    repository.commit({f"{name}.py": b"raise SystemExit('another module ran')", "app.py": CALL})
    ran = process("plan", "--no-cache", cwd=repository.root)
    assert (ran.code, ran.err.count("another")) == (0, 0)
    assert "app.py:" in ran.out


@pytest.mark.parametrize("name", ["migrate", "migrator"])
def test_both_names_start_the_same_program(name, tmp_path):
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]
    module, _, function = scripts[name].partition(":")
    start = (sys.executable, "-c", f"from {module} import {function}; {function}()")
    assert process("--version", cwd=tmp_path, command=start).out == f"migrate {__version__}\n"


@pytest.mark.parametrize(
    ("words", "loaded"),
    [
        (("--help",), ()),
        (("--version",), ()),
        # Typer reads the options of a verb with pydantic from 0.29 on.
        (("plan", "--help"), ("pydantic",)),
        (("apply", "-h"), ("pydantic",)),
    ],
)
def test_help_loads_nothing_heavy(words, loaded, tmp_path):
    ran = process(*words, cwd=tmp_path, command=(sys.executable, "-c", LOADED))
    assert ran.err in {"0 []", f"0 {list(loaded)}"}
    assert ran.out.startswith(("Usage: migrate", "migrate "))


@pytest.mark.parametrize(
    "words", [("aply",), ("plan", "--chek"), ("plan", "a", "b"), ("apply", "--site")]
)
def test_misspelt_command_line_is_a_usage_error(words):
    ran = migrate(*words)
    assert (ran.code, ran.out) == (2, "")
    assert "Error: " in ran.err


def test_output_that_nobody_reads_ends_quietly(desk):
    plan = subprocess.Popen(
        [*PROGRAM, "plan", "-v", "--check"],
        cwd=desk.root,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    plan.stdout.close()
    assert plan.stderr.read() == b""
    plan.stderr.close()
    assert plan.wait() == 1


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /dev/full")
def test_output_that_cannot_be_written_is_an_error(small):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*PROGRAM, "plan"],
            cwd=small.root,
            env=environment(),
            stdout=full,
            stderr=-1,
            check=False,
        )
    assert done.returncode == 3
    assert done.stderr == b"migrate: cannot write the result: No space left on device\n"


def test_screen_without_unicode_is_no_obstacle(small):
    small.commit({"née.py": CALL})
    shown = process("plan", "-v", cwd=small.root, PYTHONIOENCODING="ascii")
    assert (shown.code, "n\\xe9e.py" in shown.out) == (0, True)
    exact = process("plan", "--format", "json", cwd=small.root, PYTHONIOENCODING="ascii")
    assert "née.py" in {each["path"] for each in json.loads(exact.out)["sites"]}
