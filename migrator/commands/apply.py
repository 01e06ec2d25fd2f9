"""Perform a plan on a new branch, or show what that would change."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from migrator.adapters.apply_record import complete_record, draft_record, drop_record
from migrator.adapters.interruptions import undisturbed
from migrator.adapters.plan_file import dump_plan, dump_result, plan_digest
from migrator.adapters.repository import OpenedTree
from migrator.adapters.worktree import Worktree, check_branch, temporary_worktree
from migrator.commands._carrying import Edits, Load, carry_all, carry_each, prove_each
from migrator.commands._telling import done_lines, nothing_lines, validation_lines, where
from migrator.commands._validating import Checked, Job, validate
from migrator.domain.errors import GitError, StalePlanError, UsageError
from migrator.domain.frontend import FrontEnd
from migrator.domain.plan import Plan, PlanEdit
from migrator.domain.result import SCHEMA, Dropped, Result
from migrator.domain.source import SourceFile
from migrator.domain.validation import Commands
from migrator.stages.carry_out import Unproved, carry_out
from migrator.stages.overlap import overlapping
from migrator.stages.select import Choice, Selection, contradictions, select, unknown_sites
from migrator.stages.stale import Basis, basis_differences, compare_files, drop_uncommitted
from migrator.stages.unified_diff import diff_files
from migrator.stages.with_unblocking import with_unblocking

_SHOWN = 10
_PLAN_AGAIN = "Plan again, read it, and apply that: migrate plan --save plan.json"


class CommitPer(StrEnum):
    """How edits are parted into commits."""

    GROUP = "group"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyOptions:
    """What the user asked for; without a name the branch is `migrate/<target>`.

    `pushes_to` names the remote that the branch goes to afterwards, empty when it stays here.
    """

    basis: Basis
    choice: Choice = field(default_factory=Choice)
    branch: str = ""
    commit_per: CommitPer = CommitPer.GROUP
    commands: Commands = field(default_factory=Commands)
    pushes_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Where words go: lines of the result, lines of progress, and who writes the summary.

    `confirm` is asked before anything is written, with the edits, the branch and the commit that it
    starts from; it raises when the answer is no.
    """

    say: Callable[[str], None]
    progress: Callable[[str], None]
    render_summary: Callable[[Plan, Result], str]
    confirm: Callable[[tuple[PlanEdit, ...], str, str], None] = lambda _edits, _branch, _base: None


def apply(
    plan: Plan,
    opened: OpenedTree,
    front_ends: Sequence[FrontEnd],
    options: ApplyOptions,
    voice: Voice,
) -> Result:
    """Carry out exactly the plan's chosen edits on a new branch and keep the record of it.

    Without an edit to carry out there is no branch: the result then names none. Raises
    StalePlanError, GitError or UsageError, after which the repository is as it was.
    """
    base = _base(opened)
    planned, plan = plan, _asked_for(plan, options)
    chosen = _choose(plan, options)
    blank = _blank(planned, base, chosen.dropped)
    if not chosen.edits:
        return _nothing(plan, blank, voice)
    branch = branch_of(plan, options)
    check_branch(opened.root, branch)
    voice.confirm(_together(chosen.edits), branch, base)
    voice.progress(f"checking out {base[:12]} in a temporary worktree")
    with temporary_worktree(opened.root, branch, base) as work:
        fresh = _fresh(work, opened, plan, chosen)
        load = Load(
            plan=plan,
            base=_contents(work.read, fresh.edits),
            front_ends=front_ends,
            progress=voice.progress,
        )
        carry = carry_all if options.commit_per is CommitPer.ALL else carry_each
        job = Job(work=work, load=load, edits=fresh.edits, carry=carry)
        checked = _checked(job, options.commands, opened.root)
        result = replace(
            blank,
            branch=branch if checked.carried.commits else "",
            commits=checked.carried.commits,
            dropped=(*fresh.dropped, *checked.carried.dropped),
            validation=checked.validation,
            reach=checked.reach,
        )
        kept = result.commits or result.validation
        summary = _keep(work, plan, result, checked.outputs, voice) if kept else None
    if not result.commits or summary is None:
        return _nothing(plan, result, voice, summary)
    for line in done_lines(plan, result, summary, pushing=bool(options.pushes_to)):
        voice.say(line)
    return result


def branch_of(plan: Plan, options: ApplyOptions) -> str:
    """Name the branch that the edits go to."""
    return options.branch or f"migrate/{plan.target}"


def chosen_groups(plan: Plan, options: ApplyOptions) -> frozenset[str]:
    """Name the groups that are to be carried out, or are left out with a reason.

    Raises StalePlanError or UsageError as `apply` does.
    """
    chosen = _choose(_asked_for(plan, options), options)
    return frozenset((*chosen.edits, *(each.group for each in chosen.dropped)))


def _checked(job: Job, commands: Commands, user: Path) -> Checked:
    carried = job.carry(job.work, job.load, job.edits)
    if not (commands.validate and carried.commits):
        return Checked(carried=carried)
    return validate(job, carried, commands, user)


def diff(
    plan: Plan,
    opened: OpenedTree,
    front_ends: Sequence[FrontEnd],
    options: ApplyOptions,
    progress: Callable[[str], None],
) -> str:
    """Give the unified diff of the plan's chosen edits on the working tree; nothing is written.

    Works outside git and with uncommitted changes. Raises StalePlanError or UsageError.
    """
    plan = _asked_for(plan, options)
    chosen = _choose(plan, options)
    working = {file.path: _digest(_read(opened, file.path)) for file in plan.files}
    _refuse_stale(compare_files(plan, working, working).stale)
    base = _contents(lambda path: _read(opened, path), chosen.edits)
    load = Load(plan=plan, base=base, front_ends=front_ends, progress=progress)
    proved, dropped = prove_each(load, chosen.edits)
    for each in (*chosen.dropped, *dropped):
        progress(f"left out: {where(plan, each.group)}  {each.reason}")
    if opened.modified():
        progress("apply works on HEAD: it leaves out groups that rest on uncommitted changes")
    written = carry_out(_together(proved), base, (), ())
    if isinstance(written, Unproved):
        raise StalePlanError(f"the plan does not fit: {written.reason}", _PLAN_AGAIN)
    return diff_files((path, each.before, each.after) for path, each in written.items())


def _base(opened: OpenedTree) -> str:
    if not opened.versioned:
        raise GitError(
            f"{opened.root} is not in a git repository, and apply commits to a branch",
            "See the edits with `migrate apply --diff`, or run `git init` and commit first.",
        )
    if opened.commit is None:
        raise GitError(
            f"{opened.root} has no commit yet, and apply starts from HEAD",
            "Commit the files first, or see the edits with `migrate apply --diff`.",
        )
    return opened.commit


def _asked_for(plan: Plan, options: ApplyOptions) -> Plan:
    """Lay the edits outside the guide over the plan where they were asked for."""
    return with_unblocking(plan) if options.choice.unblock else plan


def _choose(plan: Plan, options: ApplyOptions) -> Selection:
    """Give what is to be carried out, as far as the plan alone can tell."""
    _refuse_stale(basis_differences(plan, options.basis))
    wrong = contradictions(plan)
    if wrong:
        raise UsageError(f"the plan contradicts itself: {_some(wrong)}", _PLAN_AGAIN)
    unknown = unknown_sites(plan, options.choice)
    if unknown:
        raise UsageError(
            f"the plan has no site {_some(unknown)}", "Site ids are in the plan: migrate plan -v"
        )
    selection = select(plan, options.choice)
    return _without(selection, overlapping(selection.edits))


def _fresh(work: Worktree, opened: OpenedTree, plan: Plan, chosen: Selection) -> Selection:
    """Refuse a stale plan; leave out the groups that rest on uncommitted changes."""
    head = {file.path: _digest(work.read(file.path)) for file in plan.files}
    working = {file.path: _digest(_read(opened, file.path)) for file in plan.files}
    freshness = compare_files(plan, head, working)
    _refuse_stale(freshness.stale)
    dropped = drop_uncommitted(plan, chosen.edits, freshness.uncommitted, opened.modified())
    return _without(chosen, dropped)


def _without(selection: Selection, dropped: tuple[Dropped, ...]) -> Selection:
    out = {each.group for each in dropped}
    edits = {group: own for group, own in selection.edits.items() if group not in out}
    return Selection(edits=edits, dropped=(*selection.dropped, *dropped))


def _refuse_stale(differences: tuple[str, ...]) -> None:
    if differences:
        raise StalePlanError(f"the plan is stale: {_some(differences)}", _PLAN_AGAIN)


def _some(lines: tuple[str, ...]) -> str:
    more = f"; and {len(lines) - _SHOWN} more" if len(lines) > _SHOWN else ""
    return "; ".join(lines[:_SHOWN]) + more


def _together(edits: Edits) -> tuple[PlanEdit, ...]:
    return tuple(edit for own in edits.values() for edit in own)


def _contents(read: Callable[[str], bytes | None], edits: Edits) -> Mapping[str, bytes]:
    paths = sorted({edit.path for own in edits.values() for edit in own})
    return {path: content for path in paths if (content := read(path)) is not None}


def _read(opened: OpenedTree, path: str) -> bytes | None:
    found = opened.tree.read(path)
    return found.content if isinstance(found, SourceFile) else None


def _digest(content: bytes | None) -> str | None:
    return None if content is None else hashlib.sha256(content).hexdigest()


def _blank(plan: Plan, base: str, dropped: tuple[Dropped, ...]) -> Result:
    return Result(
        schema=SCHEMA,
        tool=plan.tool,
        plan=plan_digest(dump_plan(plan)),
        base=base,
        branch="",
        commits=(),
        dropped=dropped,
        validation=(),
    )


def _keep(
    work: Worktree, plan: Plan, result: Result, outputs: Mapping[str, str], voice: Voice
) -> Path:
    """Let the branch and its record come to be together; give the summary's place.

    Without a commit there is a record alone, of what was validated.
    """
    summary = voice.render_summary(plan, result).encode()
    files = {"summary.md": summary, "result.json": dump_result(result)}
    files |= {name: text.encode() for name, text in outputs.items()}
    try:
        draft_record(work.records, files)
        with undisturbed():
            if result.commits:
                work.publish()
    except BaseException:
        drop_record(work.records)
        raise
    with undisturbed():
        return complete_record(work.records, work.branch) / "summary.md"


def _nothing(plan: Plan, result: Result, voice: Voice, summary: Path | None = None) -> Result:
    for line in nothing_lines(plan, result.dropped):
        voice.say(line)
    for line in validation_lines(plan, result):
        voice.say(line)
    if summary:
        voice.say(f"  What ran, and what it wrote: {summary.parent}")
    return result
