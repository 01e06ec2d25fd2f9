"""Run the user's own commands on a branch before it is made; what breaks them is taken out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from migrator.adapters.commits import undo
from migrator.adapters.trial import Trial, tail
from migrator.adapters.witness import Stand
from migrator.adapters.worktree import Worktree, second_checkout
from migrator.commands._carrying import Carried, Edits, Load
from migrator.commands._runs import Runs
from migrator.domain.plan import PlanEdit
from migrator.domain.result import Dropped, Reach, Validated, Verdict
from migrator.domain.validation import Command, Commands, Ran
from migrator.domain.wording import plural
from migrator.stages.bisect import bisect
from migrator.stages.weigh import reached, site_lines, watched, weigh

Carry: TypeAlias = Callable[[Worktree, Load, Edits], Carried]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What is left of the commits after validation, and what the commands said.

    `outputs` maps names of files to what the runs wrote.
    """

    carried: Carried
    validation: tuple[Validated, ...] = ()
    reach: tuple[Reach, ...] | None = None
    outputs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """The work to validate: its checkout, what it carries, and how it was carried."""

    work: Worktree
    load: Load
    edits: Edits
    carry: Carry


def validate(job: Job, carried: Carried, commands: Commands, user: Path) -> Checked:
    """Run each command on the base, then on the commits, and take out the groups that break it.

    Raises UsageError for a command that cannot be run or a path that cannot be linked,
    RefusedError when a setup fails.
    """
    every = tuple(edit for own in job.edits.values() for edit in own)
    with second_checkout(job.work) as git:
        trial = Trial(
            git=git,
            user=user,
            limit=commands.limit,
            edited=tuple(sorted({edit.path for edit in every})),
        )
        trial.link(commands.links)
        for command in commands.setup:
            job.load.progress(f"setting up: {command.line}")
            trial.set_up(command)
        runs = Runs(
            trial=trial,
            stand=Stand(folder=job.work.root.parent / "witness", root=git.folder, user=user),
            names=watched(every, _packages(git.folder, every)),
            own=trial.others(),
            progress=job.load.progress,
        )
        before = {each: runs.on_base(each, job.work.base) for each in commands.validate}
        green = tuple(each for each, ran in before.items() if ran.green)
        return _checked(job, _keep_green(job, carried, green, runs), before, runs)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """The commits that stay, the last run of each command on them, and what it cost."""

    carried: Carried
    after: Mapping[Command, Ran]
    unsteady: frozenset[Command] = frozenset()
    broken: Mapping[Command, int] = field(default_factory=dict)


def _keep_green(job: Job, carried: Carried, green: tuple[Command, ...], runs: Runs) -> _Kept:
    """Take out groups until every command that was green on the base is so on the commits."""
    unsteady: set[Command] = set()
    broken: dict[Command, int] = {}
    while carried.commits:
        after = {each: runs.on_commit(each, job.work.tip(), _lines(job, carried)) for each in green}
        red = _red(after, unsteady, lambda each: runs.again(each, job.work.tip()))
        if red is None:
            return _Kept(carried=carried, after=after, unsteady=frozenset(unsteady), broken=broken)
        remaining, dropped = _without_breaking(job, carried, red, runs)
        if not dropped:
            unsteady.add(red)
            continue
        broken[red] = broken.get(red, 0) + len(dropped)
        undo(job.work, job.work.base)
        again = job.carry(job.work, job.load, remaining) if remaining else Carried((), ())
        carried = Carried(again.commits, (*carried.dropped, *dropped, *again.dropped))
    return _Kept(carried=carried, after={}, broken=broken)


def _red(
    after: Mapping[Command, Ran], unsteady: set[Command], again: Callable[[Command], Ran]
) -> Command | None:
    """Give a command that fails twice on the same bytes; note those that fail and then pass."""
    for command, ran in after.items():
        if ran.green or ran.code is None or command in unsteady:
            continue
        if not again(command).green:
            return command
        unsteady.add(command)
    return None


def _without_breaking(
    job: Job, carried: Carried, command: Command, runs: Runs
) -> tuple[Edits, tuple[Dropped, ...]]:
    groups = _groups(carried)
    tried: dict[tuple[str, ...], Ran] = {}

    def passes(some: tuple[str, ...]) -> bool:
        if some == groups:
            return False
        tried[some] = runs.with_edits(command, job, some)
        return tried[some].green

    found = bisect(groups, passes)
    dropped = []
    for group, beside in found.broken:
        ran = tried.get((*beside, group)) or runs.last(command)
        runs.keep(command, f"broken by {group}", ran)
        reason = f"validation: it breaks `{command.line}`"
        dropped.append(Dropped(group=group, reason=reason, output=tail(ran.output)))
    return {group: job.edits[group] for group in found.kept}, tuple(dropped)


def _checked(job: Job, kept: _Kept, before: Mapping[Command, Ran], runs: Runs) -> Checked:
    made = _made(job, kept.carried)
    edited = sorted({edit.path for edit in made})
    validation = tuple(_validated(each, ran, kept, edited, runs) for each, ran in before.items())
    proven = [
        kept.after[command].evidence
        for command, said in zip(before, validation, strict=True)
        if said.verdict is Verdict.PASSED
    ]
    return Checked(
        carried=kept.carried,
        validation=validation,
        reach=reached(_lines(job, kept.carried), proven),
        outputs=runs.outputs,
    )


def _validated(
    command: Command, before: Ran, kept: _Kept, edited: list[str], runs: Runs
) -> Validated:
    cost = kept.broken.get(command, 0)
    without = f"without {plural(cost, 'group')} that {'breaks' if cost == 1 else 'break'} it"
    if not before.green:
        verdict, why = Verdict.ALREADY_FAILED, _how(before)
    elif command not in kept.after:
        verdict, why = Verdict.FAILED, "no group is left on which it passes"
    elif command in kept.unsteady:
        verdict, why = Verdict.UNSTEADY, "it failed, then passed, on the same bytes"
    else:
        verdict, why = weigh(kept.after[command], edited)
    said = (why, without if cost and verdict is Verdict.PASSED else "", runs.remark(command))
    return Validated(
        command=command.line,
        verdict=verdict,
        detail="; ".join(part for part in said if part),
        outputs=runs.names_of(command),
    )


def _how(ran: Ran) -> str:
    return "it did not end in time" if ran.code is None else f"exit code {ran.code}"


def _groups(carried: Carried) -> tuple[str, ...]:
    return tuple(dict.fromkeys(group for each in carried.commits for group in each.groups))


def _made(job: Job, carried: Carried) -> tuple[PlanEdit, ...]:
    return tuple(edit for group in _groups(carried) for edit in job.edits[group])


def _lines(job: Job, carried: Carried) -> Mapping[tuple[str, int], tuple[str, ...]]:
    """Map the line of each changed call, as it stands after the edits, to its sites."""
    changed = {site for each in carried.commits for site in each.sites}
    sites = [site for site in job.load.plan.sites if site.id in changed and site.call]
    return site_lines(sites, _made(job, carried), edited=True)


def _packages(root: Path, edits: tuple[PlanEdit, ...]) -> frozenset[str]:
    folders = {parent for edit in edits for parent in Path(edit.path).parents}
    return frozenset(each.as_posix() for each in folders if (root / each / "__init__.py").is_file())
