"""Follow a call: into a function of the repository, through a known look-up, or no further."""

from __future__ import annotations

import re
from collections.abc import Iterable

from migrator.domain.expression import (
    Call,
    Choice,
    Entry,
    Expression,
    Item,
    Join,
    Member,
    Name,
    Opaque,
    Table,
    Text,
    dotted,
    key_before,
)
from migrator.domain.facts import Scope, ScopeKind
from migrator.domain.source import Place
from migrator.domain.trail import (
    Confidence,
    Defined,
    Found,
    Frame,
    Hop,
    HopKind,
    Lost,
    Outside,
    Trail,
)
from migrator.following.contexts import waits_at_its_yield
from migrator.following.defaults import (
    DEPENDENCIES,
    FIELD_MAKERS,
    OPTION_MAKERS,
    default_of,
    made_by,
)
from migrator.following.definitions import definition_of
from migrator.following.environment import set_in_program
from migrator.following.hops import MOST_NESTED, seen_from, via
from migrator.following.items import ENVIRONMENT_TABLES, item_of, known_key
from migrator.following.loading import by_name, loaded
from migrator.following.partials import called_of, is_uncalled
from migrator.following.port import Walk
from migrator.following.reads import read_by_method, read_by_name
from migrator.following.registers import registered
from migrator.following.round_trips import read_back
from migrator.following.scopes import child
from migrator.following.stores import out_of_store
from migrator.following.subscripts import entry_ends
from migrator.following.transforms import TRANSFORMS, transformed

# Look-ups that give a variable of the environment, with the position of their default.
ENVIRONMENT_READERS = frozenset(
    {"os.getenv", "os.environ.get", "environ.get", "os.environ.setdefault", "decouple.config"}
)
# Calls that give their first argument again, as far as its text goes.
TRANSPARENT = frozenset(
    {"str", "typing.cast", "textwrap.dedent", "inspect.cleandoc", "dedent", "sys.intern"}
)
TRANSPARENT_METHODS = frozenset({"strip", "lstrip", "rstrip", "copy"})
# Calls that give any one item of a series.
_PICKING = frozenset({"random.choice", "secrets.choice"})
_ABSENT = re.compile(r"[\w.-]+")


def follow_call(walk: Walk, call: Call, frame: Frame) -> tuple[Trail, ...]:
    """Give the ends of a call's value; a call that cannot be entered stands for itself."""
    if isinstance(call.callee, Member):
        known = _of_method(walk, call, call.callee, frame)
        known = known or read_by_method(walk, call, call.callee, frame)
        if known:
            return known
    elif dotted(call.callee) == "getattr" and len(call.positional) > 1:
        return by_name(walk, call, frame)
    trails: tuple[Trail, ...] = ()
    for callee in walk.follow(call.callee, frame):
        match callee:
            case Defined(path=path, symbol=symbol):
                trails += _entered(walk, call, path, symbol, frame)
            case Outside(name=name):
                trails += _known(walk, call, name, frame) or (Found(call, frame),)
            case Found(expression=Opaque(what="lambda", inner=(body,)), frame=inside):
                trails += via(walk.follow(body, inside), *callee.hops)
            case Found() if is_uncalled(callee):
                trails += _of_partial(walk, call, frame)
            case Found(expression=Text() | Join()):
                pass  # whoever asks whether something can be called does not call a text
            case _:
                trails += (Found(call, frame),)
    return trails or (Found(call, frame),)


def _of_partial(walk: Walk, call: Call, frame: Frame) -> tuple[Trail, ...]:
    """Enter the function of the project that a partial is of; any other call stands for itself."""
    trails: tuple[Trail, ...] = ()
    for end, made in called_of(walk, call, frame):
        if isinstance(end, Defined):
            trails += _entered(walk, made, end.path, end.symbol, frame)
    return trails or (Found(call, frame),)


def _entered(walk: Walk, call: Call, path: str, symbol: str, frame: Frame) -> tuple[Trail, ...]:
    facts = walk.file(path)
    scope = facts.scopes.get(symbol) if facts else None
    if scope is None or scope.kind is not ScopeKind.FUNCTION:
        return (Found(call, frame),)
    if scope.yields and waits_at_its_yield(walk, path, scope):
        return _handed_out(walk, call, path, scope, scope.yields, frame)
    if not scope.returns:
        return _below(walk, call, path, scope, frame) or (Found(call, frame),)
    return _handed_out(walk, call, path, scope, scope.returns, frame)


def _handed_out(
    walk: Walk, call: Call, path: str, scope: Scope, values: Iterable[Expression], frame: Frame
) -> tuple[Trail, ...]:
    """Follow some values of a function that is entered from a call."""
    if frame.depth >= MOST_NESTED:
        return (Lost("calls are nested too deep to follow", call.at.within(frame.path)),)
    inside = walk.entered(path, scope, call, frame)
    hop = Hop(scope.at.within(path), HopKind.RETURN, detail=scope.symbol)
    trails: tuple[Trail, ...] = ()
    for value in values:
        if not walk.runs(inside, value.at.start):
            continue
        trails += via(walk.follow(value, inside), hop)
    if not trails:
        return (Found(call, frame),)
    return seen_from(trails, frame)


def _below(walk: Walk, call: Call, path: str, method: Scope, frame: Frame) -> tuple[Trail, ...]:
    """Enter the methods of classes below that stand in for one which returns nothing itself."""
    name = method.symbol.rpartition(".")[2]
    trails: tuple[Trail, ...] = ()
    for where, owner in walk.callers.below(walk, path, method.parent or ""):
        facts = walk.file(where)
        own = child(facts, owner, name) if facts else None
        if own is not None and own.returns:
            hop = Hop(own.at.within(where), HopKind.RETURN, Confidence.LIKELY, own.symbol)
            trails += via(_entered(walk, call, where, own.symbol, frame), hop)
    return trails


def _known(walk: Walk, call: Call, name: str, frame: Frame) -> tuple[Trail, ...]:
    at = call.at.within(frame.path)
    if name in ENVIRONMENT_READERS:
        return _environment(walk, call, frame, at)
    if name in TRANSPARENT and call.positional:
        return walk.follow(call.positional[-1], frame)
    if name in FIELD_MAKERS or name in OPTION_MAKERS:
        return default_of(walk, call, name, frame)
    if name in DEPENDENCIES and call.positional:
        return _waited_for(walk, call.positional[0], frame)
    if name in _PICKING and call.positional:
        ends = walk.follow(call.positional[0], frame)
        return tuple(item for each in ends for item in item_of(walk, each, None, at))
    found = read_by_name(walk, call, name, frame) or read_back(walk, call, name, frame)
    if found:
        return found
    if name == "dict":
        entries = [Entry(None, each) for each in call.positional]
        entries += (
            Entry(None if k.name is None else key_before(k.value, k.name), k.value)
            for k in call.keywords
        )
        return (Found(Table(call.at, tuple(entries)), frame),)
    return loaded(walk, call, name, frame)


def _waited_for(walk: Walk, factory: Expression, frame: Frame) -> tuple[Trail, ...]:
    """Give what a dependency is: what its function returns, or hands out at its `yield`."""
    call = Call(factory.at, factory, (), ())
    for callee in walk.follow(factory, frame) if isinstance(factory, Name | Member) else ():
        found = definition_of(walk, callee)
        if found and found[1].yields:
            return _handed_out(walk, call, found[0].path, found[1], found[1].yields, frame)
    return made_by(walk, factory, frame)


def _environment(walk: Walk, call: Call, frame: Frame, at: Place) -> tuple[Trail, ...]:
    key = known_key(walk, call.positional[0], frame) if call.positional else None
    variable = key if isinstance(key, str) else "?"
    default = _second(call)
    found = set_in_program(walk, variable, at)
    if default is None:
        lost = Lost(f"environment variable {variable} has no default here", at)
        return found or (lost,)
    hop = Hop(at, HopKind.ENVIRONMENT, detail=variable)
    return via(walk.follow(default, frame), hop) + found


def _second(call: Call) -> Expression | None:
    named = next((k.value for k in call.keywords if k.name in {"default", "fallback"}), None)
    return call.positional[1] if len(call.positional) > 1 and named is None else named


def _of_method(walk: Walk, call: Call, callee: Member, frame: Frame) -> tuple[Trail, ...]:
    if callee.name in TRANSPARENT_METHODS and not call.positional:
        ends = walk.follow(callee.base, frame)
        if all(isinstance(e, Found) and isinstance(e.expression, Text | Table) for e in ends):
            return ends
    if callee.name in TRANSFORMS:
        return transformed(walk, call, callee, frame)
    if callee.name in {"get", "pop"} and call.positional:
        return _table_look_up(walk, call, callee, frame)
    return ()


def _may_be_a_table(base: Expression) -> bool:
    """Whether it is written as tables are: a name, `table or {}`, an item, another look-up."""
    match base:
        case Call(callee=Member(name=name)):
            return name == "get"
        case _:
            return isinstance(base, Name | Choice | Item)


def _table_look_up(walk: Walk, call: Call, callee: Member, frame: Frame) -> tuple[Trail, ...]:
    """Follow `base.get(key, default)`; of a base that is no table in view, to the default."""
    key = known_key(walk, call.positional[0], frame)
    at = call.at.within(frame.path)
    kept = out_of_store(walk, callee.base, key, at) if isinstance(key, str) else ()
    if kept:
        return kept
    default = _second(call)
    ends = walk.follow(callee.base, frame)
    if any(isinstance(each, Outside) and each.name in ENVIRONMENT_TABLES for each in ends):
        return ()
    known = registered(walk, callee.base, call.positional[0], frame, at)
    if known:
        return known
    tables = all(isinstance(e, Found) and isinstance(e.expression, Table) for e in ends)
    named = isinstance(key, str) and _ABSENT.fullmatch(key)
    if not tables and not (named and (default is not None or _may_be_a_table(callee.base))):
        return ()
    if not tables and any(isinstance(each, Defined) for each in walk.follow(callee, frame)):
        return ()  # the project's own method of that name
    found = entry_ends(walk, call, callee.base, key, frame)
    sure = [each for each in found if not isinstance(each, Lost)]
    if not tables and not sure and default is None:
        return ()
    trails = tuple(sure) if tables else found
    if default is not None and (key is None or not sure or not tables):
        trails += via(walk.follow(default, frame), Hop(at, HopKind.KEY, detail="default"))
    return trails
