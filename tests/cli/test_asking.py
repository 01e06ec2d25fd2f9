"""Somebody is asked before a branch is made; stopping in the middle leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.github import GitHubStandIn
from tests.running import PROGRAM, environment

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs terminals and signals")
BRANCH = "migrate/gpt-5.5"


def answered(repository, answer: bytes, *words: str):
    """Apply with a terminal at hand; gives the exit code and what was asked."""
    ours, theirs = os.openpty()
    started = subprocess.Popen(
        [*PROGRAM, "apply", *words],
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


@pytest.fixture
def github(small, tmp_path, monkeypatch) -> GitHubStandIn:
    made = GitHubStandIn.made(tmp_path / "github", small)
    monkeypatch.setenv("PATH", f"{made.programs}{os.pathsep}{os.environ['PATH']}")
    return made


def test_question_says_that_the_branch_is_pushed(small, github):
    code, asked = answered(small, b"n\n", "--pr")
    told = " ".join(asked.split())
    assert "then pushed to origin, and a draft pull request opened or updated" in told
    assert "nothing is pushed" not in told
    assert (code, github.pulls, github.tip(BRANCH)) == (130, [], "")


def test_branch_of_an_earlier_run_is_pushed_only_after_a_yes(small, github):
    assert answered(small, b"y\n")[0] == 0
    code, asked = answered(small, b"n\n", "--pr")
    assert "Push it to origin, and open its pull request? [y/N]" in asked
    assert (code, github.pulls, github.tip(BRANCH)) == (130, [], "")
    assert answered(small, b"y\n", "--pr")[0] == 0
    assert len(github.pulls) == 1


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
