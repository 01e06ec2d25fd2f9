"""Find what was kept under an id by its name, and is looked up by the id as it is written."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.expression import Call, Expression, Item, Member, Table, Text, dotted
from migrator.domain.facts import FileFacts
from migrator.domain.other_use import OtherUse, UseKind
from migrator.domain.parts import everything
from migrator.domain.trail import Found, Frame
from migrator.following.port import Walk


def looked_up(walk: Walk, facts: FileFacts, text: str) -> Iterator[OtherUse]:
    """Yield the look-ups of a literal id in a table that gets its keys from names."""
    filled = {
        binding.name
        for scope in facts.scopes.values()
        for binding in scope.bindings
        if binding.how == "item" and not binding.key
    }
    for expression, symbol in _written(facts) if filled else ():
        for each in everything(expression):
            base = _base(each, text)
            name = dotted(base) if base is not None else None
            if base is None or name not in filled:
                continue
            if not _has(walk, base, Frame(facts.path, symbol), text):
                at = each.at.within(facts.path)
                yield OtherUse(at=at, kind=UseKind.KEYED, written=name)


def _base(expression: Expression, text: str) -> Expression | None:
    match expression:
        case Item(base=base, key=Text(value=value)) if value == text:
            return base
        case Call(callee=Member(base=base, name="get" | "pop"), positional=(Text(value=value), *_)):
            return base if value == text else None
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
