"""Read calls that copy an object, perhaps with some of its members changed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from migrator.domain.expression import Call, Expression, Keyword, Member
from migrator.domain.trail import Frame, Outside
from migrator.following.port import Walk

_DEEP = "copy.deepcopy"
# They take the object first, and the members that change as keywords.
_COPYING = frozenset(
    {"dataclasses.replace", "attrs.evolve", "attr.evolve", "copy.replace", "copy.copy", _DEEP}
)
# They are called on the object; the members that change are keywords, or in a table of that name.
COPYING_METHODS = {
    "model_copy": "update",
    "copy": "update",
    "_replace": "",
    "__replace__": "",
    "__copy__": "",
    "__deepcopy__": "",
}


@dataclass(frozen=True, slots=True)
class Copy:
    """A call that copies `original`, written with the members that it changes as keywords alone.

    A `deep` copy shares no part with its original.
    """

    original: Expression
    call: Call
    deep: bool


def copied(walk: Walk, call: Call, frame: Frame) -> Copy | None:
    """Read a call as that of a copy; None for any other call."""
    method = isinstance(call.callee, Member) and call.callee.name in COPYING_METHODS
    if not (method or call.positional):
        return None
    names = {end.name for end in walk.follow(call.callee, frame) if isinstance(end, Outside)}
    if call.positional and names & _COPYING:
        return Copy(call.positional[0], replace(call, positional=()), deep=_DEEP in names)
    return _by_method(call, call.callee) if isinstance(call.callee, Member) and method else None


def _by_method(call: Call, callee: Member) -> Copy | None:
    table = COPYING_METHODS[callee.name]
    given = {each.name: each.value for each in call.keywords}
    changes = call.keywords
    if table:
        changes = (Keyword(None, given[table]),) if table in given else ()
    deep = "deep" in given or callee.name == "__deepcopy__"
    return Copy(callee.base, replace(call, positional=(), keywords=changes), deep)
