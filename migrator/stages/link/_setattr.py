"""Read `setattr(agent, name, value)` wherever it stands: in a loop, a comprehension, a lambda."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.addition import Added
from migrator.domain.expression import Call, Member, Text
from migrator.domain.trail import Found, Frame
from migrator.stages.link._change import Change, owner_of
from migrator.stages.link._set_on import ANY, Settable

SETTING = frozenset({"setattr", "__setattr__"})
_TARGET_NAME_VALUE = 3


def by_setattr(settable: Settable, call: Call, frame: Frame) -> Iterator[Change]:
    """Give what a call sets on its target; a name that is computed may be any."""
    if len(call.positional) != _TARGET_NAME_VALUE:
        return
    target, key, value = call.positional
    member = Member(target.at, target, key.value if isinstance(key, Text) else ANY)
    for name in settable.members_of(member):
        added = Added(name, Found(value, frame), instead=True)
        yield Change(owner_of(member, name), frame, added)
