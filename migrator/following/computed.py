"""Follow members that are set under computed names: `setattr(settings, key.lower(), value)`.

Most stand in a loop: over the items of a table, over names, or over names and values beside each
other. What is asked for by its name is looked up where the loop would find it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrator.domain.expression import (
    Call,
    Choice,
    Expression,
    Item,
    Member,
    Name,
    Opaque,
    Series,
    Table,
    Text,
)
from migrator.domain.facts import Binding, Scope
from migrator.domain.source import Place
from migrator.domain.trail import Confidence, Found, Frame, Hop, HopKind, Lost, Trail
from migrator.following.hops import via
from migrator.following.items import item_of, known_key
from migrator.following.port import Walk

_SPELLINGS = {"lower": str.upper, "upper": str.lower}
_TABLE = "__dict__"
_DEEPEST = 3


def sets_by_name(scope: Scope, owner: str) -> tuple[Binding, ...]:
    """Give the statements of a scope that set members of an object under computed names."""
    every, table = f"{owner}.*", f"{owner}.{_TABLE}"
    return tuple(
        each
        for each in scope.bindings
        if each.name == every or (each.name == table and each.how == "call")
    )


def likely(at: Place, name: str) -> Hop:
    """Give the hop over a computed name: whether it is that very one is not certain."""
    return Hop(at, HopKind.FIELD, Confidence.LIKELY, name)


def set_on(walk: Walk, scope: Scope, owner: str, name: str, frame: Frame) -> tuple[Trail, ...]:
    """Give what a scope may set a member of an object to, by the name that this has there."""
    trails: tuple[Trail, ...] = ()
    for binding in sets_by_name(scope, owner):
        hop = likely(binding.at.within(frame.path), f"{owner}.{name}")
        trails += via(computed_ends(walk, scope, binding, name, frame), hop)
    return trails


def computed_ends(
    walk: Walk, scope: Scope, binding: Binding, name: str, frame: Frame
) -> tuple[Trail, ...]:
    """Give what such a statement may set a member of that name to; none where that is not seen."""
    if binding.value is None:
        return ()
    hop = Hop(binding.at.within(frame.path), HopKind.KEY, detail=name)
    if binding.how == "call":
        return via(tuple(_entry(walk, binding.value, name, frame)), hop)
    variable = _variable(binding.under)
    if variable is None or binding.key not in {"", *_SPELLINGS}:
        return ()
    loops = [each for each in scope.bindings if each.how == "loop" and each.name == variable]
    before = [each for each in loops if each.at.start <= binding.at.start]
    written = (name, *(spell(name) for spell in [_SPELLINGS.get(binding.key)] if spell))
    found = (
        end
        for key in dict.fromkeys(written)
        for end in (
            _in_loop(walk, scope, binding.value, before[-1], key, frame)
            if before
            else _by_caller(walk, scope, binding, key, frame)
        )
    )
    return via(tuple(each for each in found if not isinstance(each, Lost)), hop)


def _variable(key: Expression | None) -> str | None:
    """Name the variable that a computed name is made of: `key`, `key.lower()`."""
    match key:
        case Name(name=name) | Call(callee=Member(base=Name(name=name)), positional=()):
            return name
        case _:
            return None


def _in_loop(
    walk: Walk, scope: Scope, value: Expression, loop: Binding, key: str, frame: Frame
) -> Iterator[Trail]:
    """Give the value of the round in which a loop's variable is a key."""
    beside = _beside(scope, value, loop)
    match loop.value:
        case Call(callee=Member(base=table, name="items"), positional=()) if beside:
            yield from _entry(walk, table, key, frame)
        case Call(callee=Name(name="zip"), positional=(names, values)) if beside:
            for index in _places(walk, names, key, frame):
                for end in walk.follow(values, frame):
                    yield from item_of(walk, end, index, value.at.within(frame.path))
        case Series(items=items) if beside is not None and isinstance(beside.value, Series):
            for index, item in enumerate(items):
                if isinstance(item, Text) and item.value == key:
                    yield from walk.follow(beside.value.items[index], frame)
        case source:
            told = tuple(_texts(walk, source, frame)) if source is not None else ()
            if not told or key in told:
                yield from _valued(walk, value, loop.name, key, frame)


def _beside(scope: Scope, value: Expression, loop: Binding) -> Binding | None:
    """Give the variable of the same loop that is set as the value."""
    if not isinstance(value, Name) or value.name == loop.name:
        return None
    others = (each for each in scope.bindings if each.how == "loop" and each.name == value.name)
    near = [e for e in others if e.value is not None and loop.value is not None]
    same = [e for e in near if e.value and loop.value and e.value.at == loop.value.at]
    return same[-1] if same else None


def _places(walk: Walk, names: Expression, key: str, frame: Frame) -> Iterator[int]:
    yield from (i for i, each in enumerate(_texts(walk, names, frame)) if each == key)


def _texts(walk: Walk, names: Expression, frame: Frame) -> Iterator[str]:
    """Give the texts of a list of names, where it is one."""
    for end in walk.follow(names, frame):
        if isinstance(end, Found) and isinstance(end.expression, Series):
            for each in end.expression.items:
                yield each.value if isinstance(each, Text) else ""


def _valued(
    walk: Walk, value: Expression, variable: str, key: str, frame: Frame
) -> Iterator[Trail]:
    """Give a value in the round in which a variable is a key: `given[name]`, `given.get(name)`."""
    match value:
        case Item(base=base, key=Name(name=name)) if name == variable:
            yield from _entry(walk, base, key, frame)
        case Call(
            callee=Member(base=base, name="get" | "pop"), positional=(Name(name=name), *rest)
        ) if name == variable:
            yield from _entry(walk, base, key, frame)
            yield from (end for each in rest for end in walk.follow(each, frame))
        case Call(callee=Name(name="getattr"), positional=(owner, Name(name=name), *rest)) if (
            name == variable
        ):
            yield from walk.follow(Member(value.at, owner, key), frame)
            yield from (end for each in rest for end in walk.follow(each, frame))
        case Choice(options=options):
            for each in options:
                yield from _valued(walk, each, variable, key, frame)
        case _:
            return


def _entry(
    walk: Walk, table: Expression, key: str, frame: Frame, depth: int = 0
) -> Iterator[Trail]:
    """Look a key up in a table, and in each that it is put together from.

    The look-up is not written there: it stands where no other expression ends.
    """
    at = replace(table.at, end=-1 - int.from_bytes(key.encode()))
    yield from walk.follow(Item(at, table, Text(at, key, key)), frame)
    for end in walk.follow(table, frame) if depth < _DEEPEST else ():
        if isinstance(end, Found):
            for part in _parts(end.expression):
                yield from _entry(walk, part, key, end.frame, depth + 1)


def _parts(table: Expression) -> Iterator[Expression]:
    match table:
        case Table(entries=entries):
            yield from (each.value for each in entries if each.key is None)
        case Opaque(what="bitor", inner=inner):
            yield from inner
        case _:
            return


def _by_caller(
    walk: Walk, scope: Scope, binding: Binding, key: str, frame: Frame
) -> Iterator[Trail]:
    """Give what callers set where they give the name: `def put(self, name, value)`."""
    if binding.under is None or binding.value is None:
        return
    frames = (frame,) if frame.callers else tuple(_entered(walk, scope, frame))
    for each in frames:
        if known_key(walk, binding.under, each) == key:
            yield from walk.follow(binding.value, each)


def _entered(walk: Walk, scope: Scope, frame: Frame) -> Iterator[Frame]:
    for caller, invocation, _ in walk.callers.of(walk, frame.path, scope):
        yield walk.entered(frame.path, scope, invocation.call, caller)
