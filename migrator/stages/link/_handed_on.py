"""Find the calls whose keywords a function hands on: `**kwargs` differ from caller to caller."""

from __future__ import annotations

from migrator.domain.expression import Call, Name
from migrator.domain.trail import Entered, Frame
from migrator.following.hops import MOST_NESTED
from migrator.following.port import Walk
from migrator.following.scopes import FromParameter, lookup

MOST_WAYS = 24


def ways_in(walk: Walk, call: Call, frame: Frame, depth: int = 0) -> tuple[Entered, ...]:
    """Give each call through which the keywords that `call` hands on come; none if it has none."""
    facts = walk.file(frame.path)
    tables = [k.value for k in call.keywords if k.name is None and isinstance(k.value, Name)]
    if facts is None or depth >= MOST_NESTED - 1:
        return ()
    found: list[Entered] = []
    for table in tables:
        given = lookup(facts, frame.symbol, table.name, table.at.start)
        if not isinstance(given, FromParameter) or given.parameter.kind != "table":
            continue
        for caller, invocation, _ in walk.callers.of(walk, facts.path, given.scope):
            outer = ways_in(walk, invocation.call, caller, depth + 1)
            frames = [Frame(caller.path, caller.symbol, (each,)) for each in outer] or [caller]
            found += (
                Entered(facts.path, given.scope.symbol, invocation.call.at, each, invocation.call)
                for each in frames
            )
        break
    return tuple(found[:MOST_WAYS])
