"""Somebody is asked before a branch is made; stopping in the middle leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.running import PROGRAM, environment

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs terminals and signals")
BRANCH = "migrate/gpt-5.5"


def answered(repository, answer: bytes):
    """Apply with a terminal at hand; gives the exit code and what was asked."""
    ours, theirs = os.openpty()
    started = subprocess.Popen(
        [*PROGRAM, "apply"],
        cwd=repository.root,
        env=environment(),
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=theirs,
    )
    os.close(theirs)
    seen = b""
    while b"[y/N]" not in seen:
        seen += os.read(ours, 4096)
    os.write(ours, answer)
    started.communicate(timeout=60)
    os.close(ours)
    return started.returncode, seen.decode()


def test_yes_makes_the_branch_that_was_shown(small):
    code, asked = answered(small, b"y\n")
    assert code == 0
    assert f"1 edit in 1 file, to be committed on the new branch {BRANCH}" in asked
    assert "app.py:3  gpt-4.1 -> gpt-5.5" in asked
    assert b"gpt-5.5" in small.blob(f"{BRANCH}:app.py")


@pytest.mark.parametrize("answer", [b"n\n", b"\n", b"\x04"], ids=["no", "nothing", "end of input"])
def test_anything_but_yes_makes_nothing(small, answer):
    before = small.state()
    assert answered(small, answer)[0] == 130
    assert small.state() == before


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "kill"])
def test_interrupted_apply_restores_everything(small, tmp_path, number):
    small.hook("pre-commit", f"touch {tmp_path}/begun; exec sleep 5\n")
    before = small.state()
    started = subprocess.Popen(
        [*PROGRAM, "apply", "--yes"], cwd=small.root, env=environment(), stderr=subprocess.PIPE
    )
    until = time.monotonic() + 30
    while not (tmp_path / "begun").exists() and time.monotonic() < until:
        time.sleep(0.02)
    started.send_signal(number)
    assert b"migrate: interrupted; " in started.stderr.readline() + started.stderr.readline()
    started.stderr.close()
    assert started.wait() == 130
    assert small.state() == before
    assert not (small.root / ".git" / "migrate").exists()
