"""Run the commands of a validation in a checkout of their own."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from glob import escape
from pathlib import Path

from migrator.adapters.git_command import Git, clean_environment
from migrator.adapters.witness import Stand
from migrator.domain.errors import RefusedError, UsageError
from migrator.domain.redaction import redacted_output
from migrator.domain.validation import Command, Ran, Watch

_KEPT = 64 * 1024
_TAIL = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A checkout for runs, each ended after `limit` seconds.

    `user` is the folder of the user's own checkout, `edited` are the files that differ by run.
    """

    git: Git
    user: Path
    limit: int
    edited: tuple[str, ...]

    @property
    def root(self) -> Path:
        """The folder of the checkout."""
        return self.git.folder

    def link(self, paths: Sequence[str]) -> None:
        """Link files or folders that git does not track from the user's checkout.

        Raises UsageError for a path that is not there, or that git does track.
        """
        for path in paths:
            theirs = Path(os.path.normpath(self.user / path))
            if not theirs.exists() or not theirs.is_relative_to(self.user):
                raise UsageError(
                    f"--link {path}: there is no such file or folder in {self.user}",
                    "Name what is in your checkout and not in git, such as node_modules.",
                )
            ours = self.root / theirs.relative_to(self.user)
            if ours.exists():
                raise UsageError(
                    f"--link {path}: git tracks it, so it is there already", "Leave it out."
                )
            ours.parent.mkdir(parents=True, exist_ok=True)
            ours.symlink_to(theirs, target_is_directory=theirs.is_dir())

    def set_up(self, command: Command) -> None:
        """Run a command that prepares the checkout. Raises RefusedError when it fails."""
        ran = self._run(command, {})
        if not ran.green:
            raise RefusedError(
                f"the setup `{command.line}` {_how(ran, self.limit)}:\n{tail(ran.output)}",
                "Correct it, or apply without --validate; nothing was changed.",
            )

    def others(self) -> frozenset[str]:
        """List what is there and not tracked: files, and folders (with a final `/`)."""
        files = self.git.run("ls-files", "-z", "--others").out
        folders = self.git.run("ls-files", "-z", "--others", "--directory").out
        names = (*files.split(b"\0"), *(n for n in folders.split(b"\0") if n.endswith(b"/")))
        return frozenset(os.fsdecode(name) for name in names if name)

    def turn_to(self, commit: str, files: Mapping[str, bytes], own: frozenset[str]) -> None:
        """Check out a commit, put `files` over it, and remove all that is not one of its `own`.

        Compiled copies of edited files go as well: two versions of the same size and second would
        be taken for one.
        """
        self.git.run("reset", "--quiet", "--hard", commit)
        for path in sorted(self.others() - own):
            if path.endswith("/"):
                shutil.rmtree(self.root / path, ignore_errors=True)
            else:
                (self.root / path).unlink(missing_ok=True)
        for path, content in files.items():
            (self.root / path).write_bytes(content)
        for path in self.edited:
            place = self.root / path
            for compiled in (place.parent / "__pycache__").glob(f"{escape(place.stem)}.*.pyc"):
                compiled.unlink(missing_ok=True)

    def run(self, command: Command, stand: Stand, watch: Watch, roots: Sequence[str] = ()) -> Ran:
        """Run a command and watch the Pythons that it starts.

        Raises UsageError when there is no such program.
        """
        ran = self._run(command, stand.environment(watch, roots))
        return Ran(code=ran.code, output=ran.output, evidence=stand.seen())

    def _run(self, command: Command, more: Mapping[str, str]) -> Ran:
        environment = clean_environment() | dict(more)
        # Set when we run inside a test ourselves, it would name the wrong test.
        environment.pop("PYTEST_CURRENT_TEST", None)
        with tempfile.TemporaryFile(dir=self.root.parent) as output:
            try:
                program = subprocess.Popen(
                    _words(command.line),
                    cwd=self.root / command.folder,
                    env=environment,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            except OSError as error:
                raise UsageError(
                    f"`{command.line}` cannot be run: {error.strerror}",
                    "Commands run without a shell in a fresh checkout: name a program on PATH, "
                    "make it with --setup, or write sh -c '...'.",
                ) from None
            code = _ended(program, self.limit)
            text = _kept(output.fileno())
        shown = text.replace(str(self.root), ".")
        return Ran(code=code, output=redacted_output(shown, environment))


def tail(output: str) -> str:
    """Give the last lines of an output."""
    return "\n".join(output.rstrip().split("\n")[-_TAIL:])


def _words(command: str) -> list[str]:
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise UsageError(f"`{command}` is no command: {error}", "Close its quotes.") from None
    if not words:
        raise UsageError("an empty command cannot be run", "Name a program.")
    return words


def _ended(program: subprocess.Popen[bytes], limit: int) -> int | None:
    """Wait, and end whatever is still there of it, whether in time, too late or interrupted."""
    try:
        return program.wait(limit)
    except subprocess.TimeoutExpired:
        return None
    finally:
        try:
            os.killpg(program.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            program.kill()
        program.wait()


def _kept(descriptor: int) -> str:
    size = os.fstat(descriptor).st_size
    if size <= 2 * _KEPT:
        return os.pread(descriptor, size, 0).decode(errors="replace")
    first = os.pread(descriptor, _KEPT, 0).decode(errors="replace")
    last = os.pread(descriptor, _KEPT, size - _KEPT).decode(errors="replace")
    return f"{first}\n[{size - 2 * _KEPT} bytes left out]\n{last}"


def _how(ran: Ran, limit: int) -> str:
    return f"was stopped after {limit} s" if ran.code is None else f"failed (exit code {ran.code})"
