"""Find what was kept under an id by its name, and is looked up by the id as it is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from migrator.domain.expression import Call, Expression, Item, Member, Table, Text, dotted
from migrator.domain.facts import FileFacts
from migrator.domain.other_use import OtherUse, UseKind
from migrator.domain.parts import everything
from migrator.domain.source import Place
from migrator.domain.trail import Found, Frame
from migrator.following.port import Walk


def literal_look_ups(facts: FileFacts) -> Mapping[str, Sequence[tuple[Expression, Frame, Place]]]:
    """Give the look-ups by a literal in tables that get their keys from names, by that literal.

    Each is the table, the frame that it is read in, and the place.
    """
    filled = {
        binding.name
        for scope in facts.scopes.values()
        for binding in scope.bindings
        if binding.how == "item" and not binding.key
    }
    found: defaultdict[str, list[tuple[Expression, Frame, Place]]] = defaultdict(list)
    for expression, symbol in _written(facts) if filled else ():
        for each in everything(expression):
            read = _read(each)
            if read is not None and dotted(read[0]) in filled:
                frame = Frame(facts.path, symbol)
                found[read[1]].append((read[0], frame, each.at.within(facts.path)))
    return found


def looked_up(
    walk: Walk, reads: Sequence[tuple[Expression, Frame, Place]], text: str
) -> Iterator[OtherUse]:
    """Yield the look-ups of an id that a table has under a name alone, not as it is written."""
    for base, frame, at in reads:
        if not _has(walk, base, frame, text):
            yield OtherUse(at=at, kind=UseKind.KEYED, written=dotted(base) or "")


def _read(expression: Expression) -> tuple[Expression, str] | None:
    match expression:
        case Item(base=base, key=Text(value=value)):
            return base, value
        case Call(callee=Member(base=base, name="get" | "pop"), positional=(Text(value=value), *_)):
            return base, value
        case _:
            return None


def _has(walk: Walk, base: Expression, frame: Frame, text: str) -> bool:
    """Whether a table is written with the very id as a key."""
    return any(
        isinstance(entry.key, Text) and entry.key.value == text
        for end in walk.follow(base, frame)
        if isinstance(end, Found) and isinstance(end.expression, Table)
        for entry in end.expression.entries
    )


def _written(facts: FileFacts) -> Iterator[tuple[Expression, str]]:
    for scope in facts.scopes.values():
        yield from ((each, scope.symbol) for each in scope.returns)
        for binding in scope.bindings:
            if binding.value is not None:
                yield binding.value, scope.symbol
    yield from ((each.call, each.scope) for each in facts.invocations)
    yield from ((each.test, each.scope) for each in facts.guards)
