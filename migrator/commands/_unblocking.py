"""Find the edits outside the upgrade guide that free held groups, and prove each by a second plan.

The groups are taken together, lowered, and planned again as if the edits were made; a group that
cannot be edited, or that the second plan does not let move, is given up with the reason, and the
others are tried again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from migrator.adapters.facts_reader import FactsReader
from migrator.commands._draft import lower_change
from migrator.domain.edit import (
    Change,
    DropArgument,
    RenameArgument,
    Splice,
    SpliceError,
    apply_splices,
)
from migrator.domain.plan import FileDigest, LeftGroup, Plan, Unblocking
from migrator.domain.ports import Tree
from migrator.domain.site import Group
from migrator.domain.source import Location, SourceFile
from migrator.domain.unblock import Fix, LoweredFix, Sampling
from migrator.stages.unblock import Verdict, draft_unblock, may_be_freed
from migrator.stages.unblock.layer import layer

# Makes a plan of the project with these bytes in place of some files.
Replan: TypeAlias = Callable[[Mapping[str, bytes]], Plan]


def foresee(verdict: Verdict) -> Unblocking:
    """Name the sites that unblocking would free, as far as the rules alone can tell."""
    wanted = may_be_freed(verdict)
    draft = draft_unblock(verdict, wanted, Sampling.NONE) if wanted else None
    return Unblocking(frees=draft.moves if draft else ())


def unblock(
    verdict: Verdict, sampling: Sampling, reader: FactsReader, replan: Replan
) -> Unblocking:
    """Give the edits that free held groups, each proved, and why other groups are left."""
    wanted = set(may_be_freed(verdict))
    left: dict[str, str] = {}
    while wanted:
        draft = draft_unblock(verdict, wanted, sampling)
        left |= dict(draft.left)
        wanted = set(draft.freed)
        groups = [each for each in verdict.groups if each.id in wanted]
        lowered, failed = _lower(draft.fixes, groups, reader)
        if wanted and not failed:
            edited = {path: _edit(path, lowered, reader) for path in _paths(lowered)}
            second = replan(edited)
            failed = _not_moving(groups, second)
            if not failed:
                base = {path: reader.content(path) for path in _edited_paths(edited, second)}
                made = layer(draft, lowered, second, base, groups)
                return Unblocking(sampling=sampling, left=_left(left), **made)
        left |= failed
        wanted -= failed.keys()
    return Unblocking(sampling=sampling, left=_left(left))


def with_layer(plan: Plan, layer: Unblocking, tree: Tree) -> Plan:
    """Give a plan with these edits, resting on the files that they rest on as well."""
    named = {each.needs.path for each in layer.edits if each.needs and each.needs.path}
    new = (tree.read(path) for path in sorted(named - {each.path for each in plan.files}))
    files = [FileDigest(path=e.path, sha256=e.digest) for e in new if isinstance(e, SourceFile)]
    together = sorted((*plan.files, *files), key=lambda each: each.path)
    return replace(plan, files=tuple(together), unblocking=layer)


def _left(left: Mapping[str, str]) -> tuple[LeftGroup, ...]:
    return tuple(LeftGroup(group=group, reason=reason) for group, reason in left.items())


def _edited_paths(edited: Iterable[str], second: Plan) -> list[str]:
    return sorted({*edited, *(each.path for each in second.edits)})


def _lower(
    fixes: Sequence[Fix], groups: Sequence[Group], reader: FactsReader
) -> tuple[list[LoweredFix], dict[str, str]]:
    """Give the bytes of each fix, and the groups with one that is declined or not proved.

    Each file is gone through from its end to its start, so that no place is moved by another.
    """
    lowered: list[LoweredFix] = []
    failed: dict[str, str] = {}
    contents: dict[str, bytes] = {}
    for fix in sorted(fixes, key=lambda each: (each.change.path, -each.change.at.end)):
        path = fix.change.path
        source = SourceFile(path, contents.get(path, reader.content(path)))
        splice = lower_change(_moved(fix.change, _splices(path, lowered)), source, reader)
        if splice is None:
            failed |= dict.fromkeys(_groups_of(fix, groups), _declined(fix))
        else:
            lowered.append(LoweredFix(fix, splice))
            contents[path] = apply_splices(source.content, (splice,))
    for path in () if failed else _paths(lowered):
        reason = _doubt(path, lowered, reader)
        touching = [each.fix for each in lowered if each.fix.change.path == path]
        if reason:
            failed |= dict.fromkeys(
                (g for fix in touching for g in _groups_of(fix, groups)), reason
            )
    return lowered, failed


def _moved(change: Change, done: Sequence[Splice]) -> Change:
    """Give a change whose calls end where they do after the edits further back in the file."""
    if not isinstance(change, RenameArgument | DropArgument):
        return change
    return replace(change, calls=tuple(_grown(each, done) for each in change.calls))


def _grown(call: Location, done: Iterable[Splice]) -> Location:
    inside = (each for each in done if call.start <= each.start <= call.end)
    return replace(call, end=call.end + sum(len(e.after) - len(e.before) for e in inside))


def _declined(fix: Fix) -> str:
    """Say why a change was not made; which of the reasons it is, a reader sees at once."""
    named = f"`{fix.setting}` at {fix.change.path}:{fix.change.at.line}"
    match fix.change:
        case DropArgument():
            return (
                f"{named} is left to a person: a comment speaks of it, its value comes from "
                "elsewhere, or other code uses its table"
            )
        case RenameArgument():
            return f"{named} is left to a person: it stands where other code may use it"
        case _:
            return f"{named} is left to a person: the layout of the call is not one that is known"


def _groups_of(fix: Fix, groups: Iterable[Group]) -> list[str]:
    return [each.id for each in groups if set(fix.sites).intersection(each.sites)]


def _doubt(path: str, lowered: Sequence[LoweredFix], reader: FactsReader) -> str:
    """Say why the edits of one file together are not proved; empty when they are."""
    source = SourceFile(path, reader.content(path))
    front_end = next(each for each in reader.front_ends if path.endswith(each.suffixes))
    try:
        after = _edit(path, lowered, reader)
    except SpliceError:
        return f"{path}: two of its edits meet"
    reason = front_end.prove(source, _splices(path, lowered), after)
    return f"{path}: {reason}" if reason else ""


def _edit(path: str, lowered: Sequence[LoweredFix], reader: FactsReader) -> bytes:
    return apply_splices(reader.content(path), _splices(path, lowered))


def _splices(path: str, lowered: Iterable[LoweredFix]) -> list[Splice]:
    return [each.splice for each in lowered if each.fix.change.path == path]


def _paths(lowered: Iterable[LoweredFix]) -> Collection[str]:
    return dict.fromkeys(each.fix.change.path for each in lowered)


def _not_moving(groups: Iterable[Group], second: Plan) -> dict[str, str]:
    """Map the groups that the second plan does not let move to what it says of them."""
    moving = {site for group in second.groups if group.moves for site in group.sites}
    why = {site.id: site.why for site in second.sites}
    failed: dict[str, str] = {}
    for group in groups:
        stuck = [each for each in group.sites if each not in moving]
        if stuck:
            said = [f"planned again: {why[each]}" for each in stuck if each in why]
            failed[group.id] = said[0] if said else "planned again, a site was not found"
    return failed
