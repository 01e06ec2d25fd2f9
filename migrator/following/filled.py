"""Follow a container to what code puts into it: functions that a decorator registers, and the like.

`STEPS[name] = f` stands in a function that takes `f`: whoever calls that function, or is decorated
with it, tells what is put under which key.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeGuard

from migrator.domain.expression import (
    Call,
    Choice,
    ChoiceKind,
    Expression,
    Member,
    Name,
    Scalar,
    Series,
    Table,
    Text,
)
from migrator.domain.facts import FileFacts, ScopeKind
from migrator.domain.source import Place
from migrator.domain.trail import Confidence, Defined, Found, Frame, Hop, HopKind, Trail
from migrator.following.ancestry import outside_names
from migrator.following.applied import ways_into
from migrator.following.definitions import definition_of
from migrator.following.grown import changes
from migrator.following.hops import is_nothing, via
from migrator.following.port import Put, Walk
from migrator.following.scopes import FromBindings, FromParameter, lookup, owner_class

# What makes an empty container, besides the literals.
_MAKERS = frozenset(
    {"list", "set", "dict", "collections.OrderedDict", "collections.defaultdict"}
    | {"collections.deque", "weakref.WeakValueDictionary"}
)
_SELVES = frozenset({"self", "cls"})
MOST_PUTS = 64


@dataclass(frozen=True, slots=True)
class Content:
    """A value that is put into a container, read in `frame`, under `key` where that is known."""

    value: Expression
    frame: Frame
    key: str | int | None
    at: Place


def under(walk: Walk, end: Trail, key: str | int | None, at: Place) -> tuple[Trail, ...]:
    """Follow what is put into a container under a key, or all of it for a key that is not known."""
    every = tuple(contents(walk, end)) if isinstance(end, Found) else ()
    found = [each for each in every if key is None or each.key in {None, key}]
    sure = key is not None and len(found) == 1 and found[0].key == key
    trails: tuple[Trail, ...] = ()
    for each in found:
        hop = Hop(each.at, HopKind.STORED, detail="" if each.key is None else str(each.key))
        detail = str(key) if key is not None else "a key that is not known"
        read = Hop(at, HopKind.KEY, Confidence.CERTAIN if sure else Confidence.LIKELY, detail)
        trails += via(walk.follow(each.value, each.frame), hop, read)
    return trails


def contents(walk: Walk, container: Found) -> Iterator[Content]:
    """Give what code puts into a container after it was made.

    Of a function's own list these are functions and classes alone: values that it gathers are read
    in the order of its statements.
    """
    facts = walk.file(container.frame.path)
    named = _named(walk, facts, container) if facts else None
    if facts is None or named is None:
        return
    symbol, name = named
    local = bool(symbol) and "." not in name and facts.scopes[symbol].kind is ScopeKind.FUNCTION
    count = 0
    for put in _into(walk, facts, name, container):
        if local and not isinstance(put.value, Name | Member):
            continue
        if not _may_mean(walk, put, facts, named, local=local):
            continue
        for frame, value in _ways(walk, put, container.frame):
            if count == MOST_PUTS or not walk.runs(frame, put.at.start):
                continue
            if local and not _is_defined(walk, value, frame):
                continue
            if _goes_into(walk, put, frame, container, symbol):
                count += 1
                at = put.at.within(put.path)
                yield from (Content(value, frame, key, at) for key in _keys(walk, put, frame))


def _may_mean(
    walk: Walk, put: Put, facts: FileFacts, named: tuple[str, str], *, local: bool
) -> bool:
    """Whether the name that a put has for its container may be that one's, told by files alone.

    Another file knows a container by an import, or as what a class below has of its base.
    """
    symbol, name = named
    root = put.container.partition(".")[0]
    if put.path == facts.path:
        if root != put.container:
            return not local
        found = lookup(facts, put.symbol, root, None)
        own = isinstance(found, FromBindings) and found.scope.symbol == symbol
        return own or isinstance(found, FromParameter)
    other = walk.file(put.path)
    if other is None or local:
        return False
    owner = owner_class(other, put.symbol) if root in _SELVES else None
    if owner is not None:
        return bool(owner.bases) and ("." in name or facts.scopes[symbol].kind is ScopeKind.CLASS)
    return any(each.local in {root, "*"} for each in other.imports)


def _is_defined(walk: Walk, value: Expression, frame: Frame) -> bool:
    return all(isinstance(each, Defined) for each in walk.follow(value, frame))


def _into(walk: Walk, facts: FileFacts, name: str, container: Found) -> Iterator[Put]:
    """Give what may be put into a container, by its own name, or by what its class calls itself."""
    yield from walk.callers.puts(facts, name.rpartition(".")[2])
    made = container.expression
    for end in walk.follow(made.callee, container.frame) if isinstance(made, Call) else ():
        home = definition_of(walk, end)
        for put in walk.callers.puts(home[0], "self") if home else ():
            if home and put.path == home[0].path and put.container == "self":
                yield put


def registered(walk: Walk, container: Found) -> tuple[Content, ...]:
    """Give the functions and classes that code enters in a table; none where it does more to it."""
    facts = walk.file(container.frame.path)
    named = _named(walk, facts, container) if facts else None
    if facts is None or named is None:
        return ()
    if any(binding.how != "item" for _, binding in changes(facts, named[1])):
        return ()
    every = tuple(contents(walk, container))
    ends = (end for each in every for end in walk.follow(each.value, each.frame))
    return every if any(isinstance(each, Defined) for each in ends) else ()


def _named(walk: Walk, facts: FileFacts, container: Found) -> tuple[str, str] | None:
    """Give the scope and the name that a container is made under."""
    made = container.expression
    if not isinstance(made, Table | Series | Call):
        return None
    named = walk.callers.container(facts, made.at.start)
    if named is None or not isinstance(made, Call):
        return named
    ends = walk.follow(made.callee, container.frame)
    return named if _MAKERS.intersection(outside_names(walk, ends)) else None


def _ways(walk: Walk, put: Put, home: Frame) -> Iterator[tuple[Frame, Expression]]:
    """Give the frames that a put is read in, with what is put there.

    What stands in for a function that a decorator is given is that function: what decorators change
    on the way to a function is told of the function.
    """
    facts = walk.file(put.path)
    if facts is None:
        return
    here = (home.path, home.symbol) == (put.path, put.symbol)
    plain = home if here else Frame(put.path, put.symbol)
    taken = None if here else next(_taken(facts, put.symbol, put.value), None)
    standing = None if taken or here else _stands_for(walk, facts, put.value, plain)
    given = taken or standing
    if given is None:
        yield plain, put.value
        return
    for frame, decorates in ways_into(walk, facts, put.symbol, given.scope, given.parameter):
        stands = standing is not None and decorates
        yield frame, Name(put.value.at, given.parameter.name) if stands else put.value


def _taken(facts: FileFacts, symbol: str, value: Expression) -> Iterator[FromParameter]:
    """Give the parameter that is put: bare, in a list, or handed to what makes another of it."""
    match value:
        case Name(name=name):
            found = lookup(facts, symbol, name, value.at.start)
            if isinstance(found, FromParameter):
                yield found
        case Series(items=items):
            for each in items:
                yield from _taken(facts, symbol, each)
        case Call():
            for each in value.positional:
                yield from _taken(facts, symbol, each)
        case _:
            return


def _stands_for(
    walk: Walk, facts: FileFacts, value: Expression, frame: Frame
) -> FromParameter | None:
    if not isinstance(value, Name):
        return None
    for end in walk.follow(value, frame):
        if isinstance(end, Defined) and end.path == facts.path:
            return _called_in(facts, end.symbol)
    return None


def _called_in(facts: FileFacts, symbol: str) -> FromParameter | None:
    """Give the parameter of a function around a nested one that this one calls."""
    scope = facts.scopes[symbol]
    outer = facts.scopes.get(scope.parent or "")
    if outer is None or outer.kind is not ScopeKind.FUNCTION:
        return None
    for each in facts.invocations:
        if f"{each.scope}.".startswith(f"{symbol}.") and isinstance(each.call.callee, Name):
            found = lookup(facts, each.scope, each.call.callee.name, None)
            if isinstance(found, FromParameter) and found.scope.symbol == outer.symbol:
                return found
    return None


def _goes_into(walk: Walk, put: Put, frame: Frame, container: Found, symbol: str) -> bool:
    """Whether the name that a put has for its container means that very one."""
    facts = walk.file(put.path)
    if facts is None:
        return False
    if "." not in put.container and put.path == container.frame.path:
        found = lookup(facts, put.symbol, put.container, None)
        if not isinstance(found, FromParameter):
            return isinstance(found, FromBindings) and found.scope.symbol == symbol
    return any(_is_same(end, container) for end in walk.follow(_written(put), frame))


def _written(put: Put) -> Expression:
    root, *members = put.container.split(".")
    expression: Expression = Name(put.at, root)
    for each in members:
        expression = Member(put.at, expression, each)
    return expression


def _is_same(end: Trail, container: Found) -> bool:
    """Whether an end is a container, of the same object where both tell whose it is."""
    if not isinstance(end, Found) or end.expression.at != container.expression.at:
        return False
    one, other = end.frame, container.frame
    told = one.callers and other.callers
    return one.path == other.path and (one == other or not told)


def _keys(walk: Walk, put: Put, frame: Frame) -> tuple[str | int | None, ...]:
    """Read the keys of a put; of `name or f.__name__`, the first that is one."""
    tried = put.key.options if _falls_back(put.key) else (put.key,)
    for each in tried:
        ends = walk.follow(each, frame) if each is not None else ()
        if not all(is_nothing(end) for end in ends):
            texts = [_text(end) for end in ends]
            return tuple(texts) if None not in texts else (None,)
    return (None,)


def _text(end: Trail) -> str | int | None:
    match end:
        case Found(expression=Text(value=str() as value) | Scalar(value=int() as value)):
            return value
        case _:
            return None


def _falls_back(key: Expression | None) -> TypeGuard[Choice]:
    return isinstance(key, Choice) and key.kind is ChoiceKind.FALLBACK
