"""Check what a command line asks for before anything is read, and write it back as a command."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from pathlib import Path

from migrator.commands.options import PlanOptions
from migrator.domain.config import PromptEdits
from migrator.domain.errors import UsageError
from migrator.domain.site import Ask, Outcome
from migrator.domain.unblock import Sampling
from migrator.domain.wording import closest


def known_outcomes(names: Iterable[str]) -> tuple[Outcome, ...]:
    """Read names of outcomes. Raises UsageError for one that there is not."""
    return tuple(Outcome(one_of("outcome", name, tuple(Outcome))) for name in names)


def check_planning(options: PlanOptions) -> None:
    """Raise UsageError when a question to confirm, or a way with sampling, cannot be meant."""
    for each in options.confirm:
        one_of("question", each, tuple(Ask))
    if options.sampling and not options.unblock:
        raise UsageError("--sampling says what --unblock does", "ask for --unblock as well")
    if options.sampling:
        one_of("way with sampling", options.sampling, tuple(Sampling))
    if options.prompts:
        one_of("way to treat prompts", options.prompts, tuple(PromptEdits))


def one_of(what: str, name: str, known: Iterable[str]) -> str:
    """Give the name back. Raises UsageError, with the nearest and all the others, if unknown."""
    names = tuple(known)
    if name not in names:
        listed = ", ".join(names)
        raise UsageError(f"there is no {what} {name!r}{closest(name, names)}", f"choose: {listed}")
    return name


def command_line(verb: str, path: Path, options: PlanOptions) -> str:
    """Write the command that asks for this very plan."""
    words = ["migrate", verb]
    words += [str(path)] if path != Path() else []
    words += ["--target", options.target] if options.target else []
    words += ["--from", ",".join(options.sources)] if options.sources else []
    words += ["--all"] if options.everything else []
    for glob in options.include:
        words += ["--include", glob]
    for glob in options.exclude:
        words += ["--exclude", glob]
    words += ["--prompts", options.prompts] if options.prompts else []
    words += ["--confirm", ",".join(options.confirm)] if options.confirm else []
    words += ["--unblock"] if options.unblock else []
    words += ["--sampling", options.sampling] if options.sampling else []
    return shlex.join(words)
