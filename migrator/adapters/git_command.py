"""Run git as a plain subprocess, untouched by hook variables and by the user's language."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from types import MappingProxyType

from migrator.domain.errors import GitError

# What `git rev-parse --local-env-vars` lists and a hook would hand on; configuration given through
# the environment (GIT_CONFIG_*) stays, because that is how machines set safe.directory.
_LOCAL = (
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_GRAFT_FILE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_NAMESPACE",
    "GIT_NO_REPLACE_OBJECTS",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_QUARANTINE_PATH",
    "GIT_REPLACE_REF_BASE",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
)
# Settings that would change what we parse, or start work in the background.
_SETTINGS = (
    "core.quotepath=off",
    "color.ui=never",
    "gc.auto=0",
    "maintenance.auto=false",
)


def clean_environment() -> dict[str, str]:
    """Give the environment without the variables that tie git to another repository."""
    return {name: value for name, value in os.environ.items() if name not in _LOCAL}


def _reading_environment() -> Mapping[str, str]:
    own = {"LC_ALL": "C", "LANGUAGE": "", "GIT_OPTIONAL_LOCKS": "0", "GIT_LITERAL_PATHSPECS": "0"}
    return clean_environment() | own


@dataclass(frozen=True, slots=True)
class Answer:
    """What git said: exit code, raw output, and its messages as text."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        """The output as text, without the line end that closes it."""
        return os.fsdecode(self.out).removesuffix("\n")


@dataclass(frozen=True, slots=True)
class Git:
    """Git as run in one folder, with settings of our own."""

    folder: Path
    settings: tuple[str, ...] = ()

    @staticmethod
    def trusting(folder: Path) -> Git:
        """Give git for a worktree that we made ourselves of a repository that git trusts."""
        return Git(folder, (f"safe.directory={folder}",))

    def ask(
        self,
        *arguments: str,
        stdin: bytes = b"",
        environment: Mapping[str, str] = MappingProxyType({}),
    ) -> Answer:
        """Run git and give its answer, whatever the exit code."""
        done = subprocess.run(
            self._command(arguments),
            input=stdin,
            capture_output=True,
            check=False,
            env={**_reading_environment(), **environment},
        )
        return Answer(done.returncode, done.stdout, done.stderr.decode(errors="replace").strip())

    def run(self, *arguments: str, stdin: bytes = b"") -> Answer:
        """Run git, which has to succeed. Raises GitError with git's own words when it does not."""
        return self._succeeded(self.ask(*arguments, stdin=stdin), arguments)

    def begin(self, *arguments: str) -> Callable[[], Answer]:
        """Start a git that only reads, and give what waits for it and answers as `run` does.

        Whoever never asks leaves it behind: it ends by itself.
        """
        answers: list[Answer] = []

        def work() -> None:
            with suppress(OSError):
                answers.append(self.ask(*arguments))

        thread = Thread(target=work, daemon=True)
        thread.start()

        def answer() -> Answer:
            thread.join()
            # Without an answer the thread could not start git; here the reason can be raised.
            return self._succeeded(answers[0], arguments) if answers else self.run(*arguments)

        return answer

    def _succeeded(self, answer: Answer, arguments: tuple[str, ...]) -> Answer:
        if answer.code != 0:
            raise GitError(
                f"git {arguments[0]} failed in {self.folder}: {answer.err}",
                "Run `git status` and `git fsck` there, mend what they name, then try again.",
            )
        return answer

    def run_hooked(self, *arguments: str, stdin: bytes = b"") -> Answer:
        """Run git as the user would, in their language, hooks included; messages in `err`.

        Hooks write to either stream, so both are given in the order they came.
        """
        done = subprocess.run(
            self._command(arguments),
            input=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            env=clean_environment(),
        )
        return Answer(done.returncode, b"", done.stdout.decode(errors="replace").strip())

    def _command(self, arguments: tuple[str, ...]) -> list[str]:
        settings = [part for setting in (*_SETTINGS, *self.settings) for part in ("-c", setting)]
        return ["git", "--no-pager", "-C", str(self.folder), *settings, *arguments]


def shared_git_folder(git: Git) -> Path:
    """Give the git directory that all worktrees of the repository share."""
    return (git.folder / git.run("rev-parse", "--git-common-dir").text).resolve()


def path_text(raw: bytes) -> str:
    """Read a path that git printed; bytes that are not UTF-8 show escaped."""
    return raw.decode("utf-8", "backslashreplace")
