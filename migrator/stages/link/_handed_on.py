"""Find the calls whose keywords a function hands on: `**kwargs` differ from caller to caller."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.expression import Call, Expression, Name, Table
from migrator.domain.facts import FileFacts, Scope
from migrator.domain.trail import Entered, Frame, Lost
from migrator.following.hops import MOST_NESTED
from migrator.following.port import Walk
from migrator.following.scopes import FromParameter, lookup
from migrator.following.ways import too_many

MOST_WAYS = 400
MOST_TABLES = 3


def ways_in(
    walk: Walk, call: Call, frame: Frame, model: str, depth: int = 0
) -> tuple[Entered, ...]:
    """Give each call through which the keywords that `call` hands on come; none if it has none.

    Where they are put into a table with entries of its own, they count if some call brings
    `model` with them: the table alone would tell otherwise.
    """
    facts = walk.file(frame.path)
    if facts is None or depth >= MOST_NESTED - 1:
        return ()
    for table in (k.value for k in call.keywords if k.name is None):
        if not isinstance(table, Name):
            continue
        owner = _owner(facts, frame, table)
        if owner is not None:
            return _through(walk, facts, owner, model, depth)[:MOST_WAYS]
        for each in _held(facts, frame, table.name):
            owner = _owner(facts, frame, each)
            found = _through(walk, facts, owner, model, depth) if owner else ()
            if any(_brings(each, model) for each in found):
                return found[:MOST_WAYS]
    return ()


def more_ways(walk: Walk, call: Call, frame: Frame, ways: tuple[Entered, ...]) -> tuple[Lost, ...]:
    """Tell of the calls that hand keywords on and are not among the ways in; none if all are."""
    left = len(ways) >= MOST_WAYS
    for entered in ways:
        facts = walk.file(entered.path)
        owner = facts.scopes.get(entered.symbol) if facts else None
        left = left or (owner is not None and bool(walk.callers.left_out(entered.path, owner)))
    return (too_many(call.at.within(frame.path), ()),) if left else ()


def _owner(facts: FileFacts, frame: Frame, table: Name) -> Scope | None:
    """Give the function that takes all keywords under a name."""
    given = lookup(facts, frame.symbol, table.name, table.at.start)
    taken = isinstance(given, FromParameter) and given.parameter.kind == "table"
    return given.scope if taken and isinstance(given, FromParameter) else None


def _through(
    walk: Walk, facts: FileFacts, owner: Scope, model: str, depth: int
) -> tuple[Entered, ...]:
    found: list[Entered] = []
    for caller, invocation, _ in walk.callers.of(walk, facts.path, owner):
        known = bool(caller.callers)
        outer = () if known else ways_in(walk, invocation.call, caller, model, depth + 1)
        frames = [Frame(caller.path, caller.symbol, (each,)) for each in outer] or [caller]
        found += (
            Entered(facts.path, owner.symbol, invocation.call.at, each, invocation.call)
            for each in frames
        )
    return tuple(found)


def _held(facts: FileFacts, frame: Frame, name: str) -> Iterator[Name]:
    """Give the tables that a table of the function's own takes in: `{**base, **given}`."""
    scope = facts.scopes.get(frame.symbol)
    for binding in scope.bindings if scope else ():
        if binding.name == name and binding.value is not None:
            yield from _names(binding.value, MOST_TABLES)


def _names(value: Expression, left: int) -> Iterator[Name]:
    match value:
        case Name():
            yield value
        case Table(entries=entries) if left:
            for entry in entries:
                if entry.key is None:
                    yield from _names(entry.value, left - 1)
        case Call(callee=Name(name="dict"), positional=positional, keywords=keywords) if left:
            for each in (*positional, *(k.value for k in keywords if k.name is None)):
                yield from _names(each, left - 1)
        case _:
            pass


def _brings(entered: Entered, model: str) -> bool:
    """Whether a call, or one that it hands on the keywords of, names the model."""
    while not any(each.name == model for each in entered.call.keywords):
        if not entered.caller.callers:
            return False
        entered = entered.caller.callers[0]
    return True
