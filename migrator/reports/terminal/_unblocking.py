"""Show the edits outside the upgrade guide, when they were asked for, and what they leave."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.edit import EditKind
from migrator.domain.edit_words import in_words
from migrator.domain.layout import Room, Row, cut, heading, more, shorten, table
from migrator.domain.plan import Plan
from migrator.domain.summary import Summary, effort_after, required
from migrator.domain.wording import listed, plural


def unblocking(summary: Summary, room: Room) -> Iterator[Row]:
    """Give the edits by place, with what sampling turns into, then the groups left and why."""
    layer = summary.plan.unblocking
    if not layer.sampling:
        return
    files = plural(len({edit.path for edit in layer.edits}), "file")
    edits = f"{plural(len(layer.frees), 'site')} by {plural(len(layer.edits), 'edit')} in {files}"
    yield heading(f"Outside the upgrade guide, with --unblock: {edits if layer.edits else 'none'}")
    lines = [
        (shorten(f"{edit.path}:{edit.line}", room.width // 2), in_words(edit))
        for edit in cut(layer.edits, room)
    ]
    yield from table(lines, room.width)
    yield from more(len(layer.edits), room, "edit")
    if any(edit.kind is EditKind.UNBLOCK and edit.with_swap for edit in layer.edits):
        yield Row("The effort `none` goes with the swap: the model of today refuses it.")
    yield from (Row(text) for text in effort_after(layer.edits, summary.plan.target))
    yield from (Row(text) for text in required(layer.edits))
    yield from _left(summary.plan, room)


def _left(plan: Plan, room: Room) -> Iterator[Row]:
    left = plan.unblocking.left
    if not left:
        return
    places = {group.id: listed(group.references, 2) for group in plan.groups}
    yield Row(f"Left all the same: {plural(len(left), 'definition')}")
    for each in cut(left, room):
        yield Row(f"{places[each.group]}: {each.reason}", 4)
    yield from more(len(left), room, "definition")
