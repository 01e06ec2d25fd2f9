"""Show a plan: on the screen, in files, and as an exit code."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from migrator import reports
from migrator.adapters.plan_file import dump_plan, write_atomically
from migrator.adapters.terminal import terminal_colour, terminal_width
from migrator.commands.plan import PlanOptions, make_plan
from migrator.domain.errors import UsageError
from migrator.domain.plan import Plan
from migrator.domain.report import ReportFormat, View
from migrator.domain.site import Outcome
from migrator.domain.wording import closest
from migrator.plugins import plugins

GATE_TRIPPED = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowOptions:
    """How a plan is to be shown, and what makes the command fail."""

    format: str = "terminal"
    outputs: tuple[str, ...] = ()
    save: Path | None = None
    check: bool = False
    fail_on: tuple[str, ...] = ()
    today: str = ""
    verbose: bool = False


def show_plan(path: Path, options: PlanOptions, shown: ShowOptions) -> int:
    """Plan, write what was asked for and give the exit code.

    Raises UsageError for an unknown format, outcome or date, before anything is read.
    """
    formats = {each.name: each for each in plugins(reports, "REPORT", ReportFormat)}
    files = _outputs(shown.outputs, formats)
    screen = _format(shown.format, formats)
    fail_on = _outcomes(shown.fail_on)
    view = _view(shown)
    planned = make_plan(path, options)
    plan = planned.plan
    if shown.save:
        write_atomically(shown.save, dump_plan(plan))
    for report, file in files:
        write_atomically(file, report.render(plan, View(today=view.today)).encode())
    sys.stdout.write(screen.render(plan, view))
    wanted = fail_on or _outcomes(planned.config.fail_on)
    return _exit_code(plan, check=shown.check, fail_on=wanted)


def _view(shown: ShowOptions) -> View:
    if shown.today:
        _check_date(shown.today)
    return View(
        width=terminal_width(),
        colour=shown.format == "terminal" and terminal_colour(),
        verbose=shown.verbose,
        today=shown.today or None,
    )


def _check_date(text: str) -> None:
    from datetime import date

    try:
        date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--today {text} is not a date", "write it as YYYY-MM-DD") from error


def _outputs(
    outputs: Sequence[str], formats: Mapping[str, ReportFormat]
) -> list[tuple[ReportFormat, Path]]:
    found: list[tuple[ReportFormat, Path]] = []
    for each in outputs:
        name, separator, file = each.partition("=")
        if not separator or not file:
            raise UsageError(f"--output {each} names no file", "write it as FORMAT=FILE")
        found.append((_format(name, formats), Path(file)))
    return found


def _format(name: str, formats: Mapping[str, ReportFormat]) -> ReportFormat:
    if name not in formats:
        raise UsageError(f"there is no format {name}{closest(name, formats)}", _listed(formats))
    return formats[name]


def _outcomes(names: Sequence[str]) -> frozenset[Outcome]:
    known = [each.value for each in Outcome]
    for name in names:
        if name not in known:
            raise UsageError(f"there is no outcome {name}{closest(name, known)}", _listed(known))
    return frozenset(Outcome(name) for name in names)


def _listed(names: Sequence[str] | Mapping[str, object]) -> str:
    return f"choose from {', '.join(sorted(names))}"


def _exit_code(plan: Plan, *, check: bool, fail_on: frozenset[Outcome]) -> int:
    tripped = (check and bool(plan.edits)) or any(s.outcome in fail_on for s in plan.sites)
    return GATE_TRIPPED if tripped else 0
