"""Carry groups of edits into commits; a group that fails is dropped and the rest goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from migrator.adapters.commits import Recorded, Spoilt, record, undo
from migrator.adapters.worktree import Worktree
from migrator.commands._telling import where
from migrator.domain.edit import EditKind
from migrator.domain.frontend import FrontEnd
from migrator.domain.plan import Plan, PlanEdit
from migrator.domain.result import Committed, Dropped
from migrator.stages.carry_out import Unproved, Written, carry_out
from migrator.stages.commit_message import kind_of, word_commit

Edits: TypeAlias = Mapping[str, tuple[PlanEdit, ...]]
# What makes a call ready comes first; a prompt is worded for the model that it then steers.
_ORDER = (EditKind.UNBLOCK, EditKind.MODEL, EditKind.PROMPT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What is carried: the plan, the bytes at HEAD of each edited file, and who proves edits."""

    plan: Plan
    base: Mapping[str, bytes]
    front_ends: Sequence[FrontEnd]
    progress: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Carried:
    """The commits made, and the groups dropped on the way."""

    commits: tuple[Committed, ...]
    dropped: tuple[Dropped, ...]


def carry_each(work: Worktree, load: Load, edits: Edits) -> Carried:
    """Commit group by group, each kind of edit on its own."""
    commits: list[Committed] = []
    dropped: list[Dropped] = []
    done: tuple[PlanEdit, ...] = ()
    for group, own in edits.items():
        load.progress(f"committing {where(load.plan, group)}")
        made = _group(work, load, own, done)
        if isinstance(made, str):
            dropped.append(Dropped(group=group, reason=made))
        else:
            commits += made
            done += own
    return Carried(tuple(commits), tuple(dropped))


def carry_all(work: Worktree, load: Load, edits: Edits) -> Carried:
    """Commit everything at once, without the groups that cannot be proved or that a hook spoils."""
    proved, dropped = prove_each(load, edits)
    remaining = dict(proved)
    while remaining:
        together = tuple(edit for own in remaining.values() for edit in own)
        made = _commit(work, load, together, ())
        if isinstance(made, Committed):
            return Carried((made,), dropped)
        victims = _touched(remaining, made.paths) or tuple(remaining)
        dropped += tuple(Dropped(group=each, reason=made.reason) for each in victims)
        remaining = {group: own for group, own in remaining.items() if group not in victims}
    return Carried((), dropped)


def prove_each(load: Load, edits: Edits) -> tuple[Edits, tuple[Dropped, ...]]:
    """Part the groups that can be carried out, one upon the other, from those that cannot."""
    proved: dict[str, tuple[PlanEdit, ...]] = {}
    dropped: list[Dropped] = []
    done: tuple[PlanEdit, ...] = ()
    for group, own in edits.items():
        written = carry_out(own, load.base, done, load.front_ends)
        if isinstance(written, Unproved):
            dropped.append(Dropped(group=group, reason=f"unproved: {written.reason}"))
        else:
            proved[group] = own
            done += own
    return proved, tuple(dropped)


def _group(
    work: Worktree, load: Load, own: tuple[PlanEdit, ...], done: tuple[PlanEdit, ...]
) -> tuple[Committed, ...] | str:
    """Commit one group whole; the reason when it has to be dropped."""
    steps = [step for kind in _ORDER if (step := tuple(e for e in own if e.layer is kind))]
    earlier = done
    for step in steps:
        written = carry_out(step, load.base, earlier, load.front_ends)
        if isinstance(written, Unproved):
            return f"unproved: {written.reason}"
        earlier += step
    start = work.tip()
    commits: tuple[Committed, ...] = ()
    for step in steps:
        made = _commit(work, load, step, done)
        if isinstance(made, Spoilt):
            undo(work, start)
            return made.reason
        commits += (made,)
        done += step
    return commits


def _commit(
    work: Worktree, load: Load, edits: tuple[PlanEdit, ...], done: tuple[PlanEdit, ...]
) -> Committed | Spoilt:
    """Commit edits that are already proved."""
    written = carry_out(edits, load.base, done, ())
    if isinstance(written, Unproved):
        return Spoilt((), f"unproved: {written.reason}")
    message = word_commit(load.plan, edits)
    made = record(work, _files(written), message.text)
    match made:
        case Recorded(commit):
            groups = tuple(dict.fromkeys(edit.group for edit in edits))
            return Committed(
                commit=commit,
                subject=message.subject,
                kind=kind_of(edits),
                groups=groups,
                sites=message.sites,
            )
        case Spoilt():
            return made


def _files(written: Mapping[str, Written]) -> Mapping[str, tuple[bytes, bytes]]:
    return {path: (each.before, each.after) for path, each in written.items()}


def _touched(edits: Edits, paths: Iterable[str]) -> tuple[str, ...]:
    spoilt = set(paths)
    return tuple(group for group, own in edits.items() if spoilt & {edit.path for edit in own})
