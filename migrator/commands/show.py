"""Show a plan: on the screen, in files, and as an exit code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from migrator import reports
from migrator.adapters.plan_file import dump_plan, load_plan, write_atomically
from migrator.adapters.terminal import terminal_colour, terminal_width, write_result
from migrator.commands._asked import check_planning, command_line, known_outcomes, one_of
from migrator.commands._assist import advisor_for
from migrator.commands._work import Work
from migrator.commands.options import AssistOptions, PlanOptions
from migrator.commands.plan import make_plan
from migrator.domain.errors import UsageError
from migrator.domain.plan import Plan
from migrator.domain.report import ReportFormat, View
from migrator.plugins import plugins

GATE_TRIPPED = 1
SCREEN = "terminal"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowOptions:
    """How a plan is to be shown, and what makes the command fail.

    `save` is where the plan is kept, or was; `jobs` and `cache` are as in `Work`. `assist` is how
    a model may be asked, None to ask none.
    """

    format: str = SCREEN
    outputs: tuple[str, ...] = ()
    save: Path | None = None
    check: bool = False
    fail_on: tuple[str, ...] = ()
    today: str = ""
    verbose: bool = False
    jobs: int = 0
    cache: bool = True
    assist: AssistOptions | None = None


@dataclass(frozen=True, slots=True)
class _Screens:
    """The reports that were asked for."""

    screen: ReportFormat
    view: View
    files: Sequence[tuple[ReportFormat, Path]]

    def show(self, plan: Plan) -> None:
        for report, file in self.files:
            view = View(today=self.view.today, command=self.view.command, saved=self.view.saved)
            write_atomically(file, report.render(plan, view).encode())
        text = self.screen.render(plan, self.view)
        write_result(text, exact=self.screen.name != SCREEN)


def show_plan(path: Path, options: PlanOptions, shown: ShowOptions) -> int:
    """Plan, write what was asked for and give the exit code.

    Raises UsageError for an unknown format, outcome, question or date, before anything is read.
    """
    screens = _screens(shown, command_line("plan", path, options))
    fail_on = known_outcomes(shown.fail_on)
    check_planning(options)
    advisor = None
    if shown.assist:
        advisor = advisor_for(shown.assist, saved=shown.save, cache=shown.cache)
    planned = make_plan(path, options, Work(jobs=shown.jobs, cache=shown.cache), advisor)
    plan = planned.plan
    if shown.save:
        write_atomically(shown.save, dump_plan(plan))
    screens.show(plan)
    wanted = fail_on or known_outcomes(planned.config.fail_on)
    tripped = (shown.check and bool(plan.edits)) or any(s.outcome in wanted for s in plan.sites)
    return GATE_TRIPPED if tripped else 0


def show_saved(saved: Path, shown: ShowOptions) -> int:
    """Show a saved plan and give the exit code. Raises UsageError when it is no plan."""
    screens = _screens(shown, "")
    screens.show(load_plan(saved))
    return 0


def _screens(shown: ShowOptions, command: str) -> _Screens:
    formats = {each.name: each for each in plugins(reports, "REPORT", ReportFormat)}
    if shown.today:
        _check_date(shown.today)
    view = View(
        width=terminal_width(),
        colour=shown.format == SCREEN and terminal_colour(),
        verbose=shown.verbose,
        today=shown.today or None,
        command=command,
        saved=str(shown.save or ""),
    )
    screen = formats[one_of("format", shown.format, sorted(formats))]
    return _Screens(screen, view, _outputs(shown.outputs, formats))


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
        found.append((formats[one_of("format", name, sorted(formats))], Path(file)))
    return found
