"""Find the plan that `migrate apply` is given, ask, and perform it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from posixpath import join, normpath

from migrator import __version__, frontends
from migrator.adapters.config_file import load_config
from migrator.adapters.plan_file import load_plan
from migrator.adapters.repository import OpenedTree, open_tree
from migrator.adapters.terminal import ask, can_ask, tell, tell_progress, write_result
from migrator.commands._asked import check_planning, known_outcomes, one_of
from migrator.commands._telling import nothing_lines, preview_lines, title_of
from migrator.commands._work import USUAL
from migrator.commands.apply import (
    ApplyOptions,
    CommitPer,
    Voice,
    apply,
    branch_of,
    chosen_groups,
    diff,
)
from migrator.commands.options import PlanOptions
from migrator.commands.plan import Planned, make_plan
from migrator.commands.pull_request import (
    check_replaceable,
    find_way,
    made_before,
    made_now,
    propose,
)
from migrator.domain.errors import DeclinedError, StalePlanError, UsageError
from migrator.domain.frontend import FrontEnd
from migrator.domain.plan import Plan, PlanEdit
from migrator.domain.report import View
from migrator.domain.result import Result
from migrator.domain.site import Outcome
from migrator.domain.source import SourceFile
from migrator.domain.validation import Command, Commands
from migrator.domain.wording import printable
from migrator.playbook import load_playbook
from migrator.plugins import plugins
from migrator.reports.pull_request import render
from migrator.stages.select import Choice
from migrator.stages.stale import Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What `migrate apply` was asked for, beside the plan; empty means the default.

    `sites` are ids or `path:line` places of sites. What is given of `validate`, `setup`, `links`
    and `limit` (in seconds) goes before the configuration; `unvalidated` runs nothing.
    `pull_request` pushes the branch, and opens or updates a draft.
    """

    branch: str = ""
    only: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    commit_per: str = ""
    validate: tuple[str, ...] = ()
    setup: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    limit: int | None = None
    unvalidated: bool = False
    pull_request: bool = False
    diff: bool = False
    yes: bool = False


def perform(given: Path, planning: PlanOptions, wishes: Wishes) -> int:
    """Apply a saved plan, or a fresh plan of a folder, and give the exit code.

    Raises UsageError before anything is read when an option cannot be meant, or when there is
    nobody to ask and no `yes`; else whatever planning and applying raise.
    """
    outcomes = known_outcomes(wishes.only)
    check_planning(planning)
    if wishes.commit_per:
        one_of("way to commit", wishes.commit_per, tuple(CommitPer))
    if not (wishes.diff or wishes.yes or can_ask()):
        raise UsageError(
            "apply makes commits, and nobody is here to be asked",
            "look at them with --diff, then say --yes",
        )
    if wishes.diff and wishes.pull_request:
        raise UsageError("--diff only shows, and --pr makes a pull request", "leave one out")
    planned = make_plan(given, planning, USUAL) if _is_folder(given) else _saved(given, planning)
    options = _options(planned, planning, wishes, outcomes)
    if wishes.diff:
        _show(planned, options)
    elif wishes.pull_request and chosen_groups(planned.plan, options):
        _with_pull_request(planned, options, wishes)
    else:
        voice = _voice(wishes, options)
        apply(planned.plan, planned.opened, planned.front_ends, options, voice)
    return 0


def _with_pull_request(planned: Planned, options: ApplyOptions, wishes: Wishes) -> None:
    plan, opened = planned.plan, planned.opened
    way = find_way(opened, branch_of(plan, options))
    options = replace(options, pushes_to=way.remote.name)
    voice = _voice(wishes, options)
    made = made_before(opened, plan, options)
    if made is None:
        check_replaceable(way)
        result = apply(plan, opened, planned.front_ends, options, voice)
        if not result.branch:
            return
        made = made_now(opened, result)
    else:
        voice.say(f"Branch {way.branch} was made of this plan before.")
        if not (wishes.yes or ask(f"Push it to {way.remote.name}, and open its pull request?")):
            raise DeclinedError("not confirmed; nothing was pushed")
    propose(way, made, title_of(plan), voice.say)


def _is_folder(given: Path) -> bool:
    try:
        return given.is_dir()
    except OSError:
        return False


def _saved(file: Path, planning: PlanOptions) -> Planned:
    if replace(planning, unblock=False, sampling="") != PlanOptions():
        raise UsageError(
            "a saved plan is applied as it is, so options that plan have no place here",
            f"leave them out, or plan again with them: migrate plan --save {file}",
        )
    plan = load_plan(file)
    _check_unblocking(plan, planning, file)
    opened = open_tree(Path())
    if plan.files and not any(_is_here(opened, each.path) for each in plan.files):
        raise StalePlanError(
            f"the plan is stale: no file that it rests on is in {opened.root}",
            "change to the repository that was planned, or plan again",
        )
    config = load_config(opened.root / plan.repository.scope, opened.root)
    playbook = load_playbook(plan.target)
    front_ends = plugins(frontends, "FRONT_END", FrontEnd)
    return Planned(
        plan=plan, opened=opened, front_ends=front_ends, config=config, playbook=playbook
    )


def _check_unblocking(plan: Plan, planning: PlanOptions, file: Path) -> None:
    """Raise UsageError when a saved plan does not hold the edits outside the guide asked for."""
    held = plan.unblocking.sampling
    if planning.unblock and (not held or planning.sampling not in {"", held}):
        ways = f" --sampling {planning.sampling}" if planning.sampling else ""
        said = f"holds those of --sampling {held}" if held else "holds no edits outside the guide"
        raise UsageError(
            f"{file} {said}", f"plan again: migrate plan --unblock{ways} --save {file}"
        )


def _is_here(opened: OpenedTree, path: str) -> bool:
    return isinstance(opened.tree.read(path), SourceFile)


def _options(
    planned: Planned, planning: PlanOptions, wishes: Wishes, outcomes: tuple[Outcome, ...]
) -> ApplyOptions:
    basis = Basis(tool=__version__, playbook=planned.playbook.digest, config=planned.config.digest)
    return ApplyOptions(
        basis=basis,
        choice=Choice(
            outcomes=outcomes,
            sites=_sites(planned.plan, wishes.sites),
            unblock=planning.unblock,
        ),
        branch=wishes.branch,
        commit_per=CommitPer(wishes.commit_per or planned.config.commit_per),
        commands=_commands(planned, wishes),
    )


def _commands(planned: Planned, wishes: Wishes) -> Commands:
    """Join what is asked for, meant from here, with the configuration, meant from its folder."""
    config, root = planned.config, planned.opened.root
    here, there = _within(root, Path.cwd()), _within(root, root / Path(config.path).parent)
    if wishes.unvalidated or not (wishes.validate or config.validate):
        if wishes.setup or wishes.links:
            raise UsageError(
                "--setup and --link prepare what --validate runs, and nothing is to run",
                "Say what to run, for example --validate 'pytest -q'.",
            )
        return Commands()

    def chosen(asked: tuple[str, ...], configured: tuple[str, ...]) -> tuple[Command, ...]:
        folder = here if asked else there
        return tuple(Command(line, folder) for line in asked or configured)

    return Commands(
        validate=chosen(wishes.validate, config.validate),
        setup=chosen(wishes.setup, config.setup),
        links=tuple(normpath(join(e.folder, e.line)) for e in chosen(wishes.links, config.link)),
        limit=wishes.limit or config.time_limit or Commands().limit,
    )


def _within(root: Path, folder: Path) -> str:
    """Give a folder as seen from the root; the root itself for one outside."""
    inside = folder.is_relative_to(root)
    return folder.relative_to(root).as_posix() if inside else "."


def _sites(plan: Plan, named: Iterable[str]) -> tuple[str, ...]:
    """Read `path:line` as the sites there; everything else is taken for an id."""
    places: dict[str, list[str]] = {}
    for site in plan.sites:
        places.setdefault(f"{site.path}:{site.line}", []).append(site.id)
    return tuple(found for each in named for found in places.get(each, [each]))


def _voice(wishes: Wishes, options: ApplyOptions) -> Voice:
    def confirm(edits: tuple[PlanEdit, ...], branch: str, base: str) -> None:
        if wishes.yes:
            return
        for line in preview_lines(edits, branch, base, options.commands, options.pushes_to):
            tell(printable(line))
        if not ask("Make this branch?"):
            raise DeclinedError("not confirmed; nothing was made")

    def summarised(plan: Plan, result: Result) -> str:
        return render(plan, View(result=result))

    return Voice(
        say=lambda line: write_result(f"{printable(line)}\n"),
        progress=lambda line: tell_progress(printable(line)),
        render_summary=summarised,
        confirm=confirm,
    )


def _show(planned: Planned, options: ApplyOptions) -> None:
    def note(line: str) -> None:
        tell(f"migrate: {printable(line)}")

    text = diff(planned.plan, planned.opened, planned.front_ends, options, note)
    write_result(text, exact=True)
    if not text:
        for line in nothing_lines(planned.plan, (), why="there is no edit to show"):
            tell(line)
