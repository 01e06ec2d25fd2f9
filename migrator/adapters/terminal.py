"""Speak with the terminal: what it can show, what is written to it, what it answers."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import TypeVar

from migrator.domain.errors import RefusedError

T = TypeVar("T")

NARROWEST = 40
PAGE = 80


def terminal_width() -> int:
    """Give the width to write for: the terminal's, or a page's when there is none."""
    if not sys.stdout.isatty() and "COLUMNS" not in os.environ:
        return PAGE
    return max(NARROWEST, shutil.get_terminal_size((PAGE, 24)).columns)


def terminal_colour() -> bool:
    """Tell whether to use colour: NO_COLOR forbids it, FORCE_COLOR asks for it."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def write_result(text: str, *, exact: bool = False) -> None:
    """Write to stdout; what the reader of a pipe no longer wants is dropped.

    `exact` gives the very bytes that a file would hold: UTF-8 and line feeds, whatever stdout's
    own encoding. Raises RefusedError when stdout cannot be written, as on a full disk.
    """
    encoding = "utf-8" if exact else sys.stdout.encoding
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode(encoding, "backslashreplace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _forget_stdout()
    except OSError as error:
        _forget_stdout()
        raise RefusedError(f"cannot write the result: {error.strerror}") from None


def tell(line: str) -> None:
    """Write a line for the person at the screen to stderr."""
    with suppress(BrokenPipeError):
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()


def tell_progress(line: str) -> None:
    """Write a line that matters only while somebody watches."""
    if sys.stderr.isatty():
        tell(line)


def watched(steps: Iterable[T], count: int, what: Callable[[], str]) -> Iterator[T]:
    """Give the steps as they come, with a bar on stderr while somebody watches.

    `what` is asked after each step what is going on.
    """
    if not sys.stderr.isatty():
        yield from steps
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task(what(), total=count)
        for each in steps:
            yield each
            progress.update(bar, advance=1, description=what())


def can_ask() -> bool:
    """Tell whether somebody is there to read a question and to answer it."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: str) -> bool:
    """Ask a yes-or-no question; anything but a yes is a no."""
    sys.stderr.write(f"{question} [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold() in {"y", "yes"}


def _forget_stdout() -> None:
    # The interpreter flushes once more at its end, and would complain of the same again.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
