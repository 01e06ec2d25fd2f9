"""Find groups whose edits overlap: neither can be carried out without spoiling the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from migrator.domain.plan import PlanEdit
from migrator.domain.result import Dropped


def overlapping(edits: Mapping[str, Sequence[PlanEdit]]) -> tuple[Dropped, ...]:
    """Name every group with an edit that overlaps an edit of another group, with the place."""
    order = sorted(
        (edit for own in edits.values() for edit in own),
        key=lambda each: (each.path, each.start, each.end),
    )
    reasons: dict[str, str] = {}
    for first, second in _pairs(order):
        for one, other in ((first, second), (second, first)):
            place = f"{one.path}:{one.line}"
            reasons.setdefault(
                one.group, f"overlap: its edit at {place} overlaps one of {other.group}"
            )
    return tuple(
        Dropped(group=each, reason=reasons[each]) for each in sorted(reasons, key=[*edits].index)
    )


def _pairs(order: Sequence[PlanEdit]) -> Iterable[tuple[PlanEdit, PlanEdit]]:
    open_edits: list[PlanEdit] = []
    for edit in order:
        open_edits = [each for each in open_edits if _meet(each, edit)]
        for earlier in open_edits:
            if earlier.group != edit.group:
                yield earlier, edit
        open_edits.append(edit)


def _meet(earlier: PlanEdit, later: PlanEdit) -> bool:
    """Tell whether two edits touch the same bytes, or insert at the same point."""
    if earlier.path != later.path:
        return False
    both_insert = earlier.start == earlier.end == later.start == later.end
    return both_insert or later.start < earlier.end
