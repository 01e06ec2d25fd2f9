"""Read what a copy changes: `copy.replace(agent, tools=[…])`, `llm.model_copy(update={…})`."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.addition import Added
from migrator.domain.expression import Call, Keyword, Member, Table, Text
from migrator.domain.trail import Found, Frame
from migrator.following.copies import COPYING_METHODS, copied
from migrator.following.port import Walk
from migrator.stages.link._change import Change
from migrator.stages.link._set_on import Settable


def changed_in_copy(walk: Walk, settable: Settable, call: Call, frame: Frame) -> Iterator[Change]:
    """Give what a call says of the copy that it makes, where that matters here."""
    if not _may_change(settable, call):
        return
    copy = copied(walk, call, frame)
    for name, value in _changes(walk, copy.call.keywords, frame) if copy else ():
        if copy and name in settable.judged | settable.listed:
            added = Added(name, value, instead=True)
            yield Change(copy.original, frame, added, copied=True)


def _may_change(settable: Settable, call: Call) -> bool:
    if isinstance(call.callee, Member) and call.callee.name in COPYING_METHODS:
        return bool(call.keywords)
    names = {each.name for each in call.keywords}
    named = (
        None in names
        or not names.isdisjoint(settable.judged)
        or not names.isdisjoint(settable.listed)
    )
    return bool(call.positional) and named


def _changes(
    walk: Walk, keywords: tuple[Keyword, ...], frame: Frame
) -> Iterator[tuple[str, Found]]:
    for keyword in keywords:
        if keyword.name is not None:
            yield keyword.name, Found(keyword.value, frame)
            continue
        for end in walk.follow(keyword.value, frame):
            if isinstance(end, Found) and isinstance(end.expression, Table):
                for entry in end.expression.entries:
                    if isinstance(entry.key, Text):
                        yield entry.key.value, Found(entry.value, end.frame)
