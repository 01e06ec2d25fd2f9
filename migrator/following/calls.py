"""Follow a call: into a function of the repository, through a known look-up, or no further."""

from __future__ import annotations

from migrator.domain.expression import Call, Entry, Expression, Member, Table, Text
from migrator.domain.facts import ScopeKind
from migrator.domain.source import Place
from migrator.domain.trail import Defined, Found, Frame, Hop, HopKind, Lost, Outside, Trail
from migrator.following.hops import MOST_NESTED, entered_by, via
from migrator.following.items import entry_of, known_key
from migrator.following.port import Walk
from migrator.following.reads import read_by_method, read_by_name

# Look-ups that give a variable of the environment, with the position of their default.
ENVIRONMENT_READERS = frozenset(
    {"os.getenv", "os.environ.get", "environ.get", "os.environ.setdefault", "decouple.config"}
)
# Calls that give their first argument again, as far as its text goes.
TRANSPARENT = frozenset(
    {"str", "typing.cast", "textwrap.dedent", "inspect.cleandoc", "dedent", "sys.intern"}
)
TRANSPARENT_METHODS = frozenset({"strip", "lstrip", "rstrip", "copy"})
FIELD_MAKERS = frozenset(
    {"pydantic.Field", "dataclasses.field", "attrs.field", "attr.ib", "pydantic_settings.Field"}
)
OPTION_MAKERS = frozenset({"typer.Option", "typer.Argument", "fastapi.Query", "fastapi.Body"})


def follow_call(walk: Walk, call: Call, frame: Frame) -> tuple[Trail, ...]:
    """Give the ends of a call's value; a call that cannot be entered stands for itself."""
    if isinstance(call.callee, Member):
        known = _of_method(walk, call, call.callee, frame)
        known = known or read_by_method(walk, call, call.callee, frame)
        if known:
            return known
    trails: tuple[Trail, ...] = ()
    for callee in walk.follow(call.callee, frame):
        match callee:
            case Defined(path=path, symbol=symbol):
                trails += _entered(walk, call, path, symbol, frame)
            case Outside(name=name):
                trails += _known(walk, call, name, frame) or (Found(call, frame),)
            case _:
                trails += (Found(call, frame),)
    return trails


def _entered(walk: Walk, call: Call, path: str, symbol: str, frame: Frame) -> tuple[Trail, ...]:
    facts = walk.file(path)
    scope = facts.scopes.get(symbol) if facts else None
    if scope is None or scope.kind is not ScopeKind.FUNCTION or not scope.returns:
        return (Found(call, frame),)
    if frame.depth >= MOST_NESTED:
        return (Lost("calls are nested too deep to follow", call.at.within(frame.path)),)
    inside = walk.entered(path, scope, call, frame)
    hop = Hop(scope.at.within(path), HopKind.RETURN, detail=symbol)
    trails: tuple[Trail, ...] = ()
    for value in scope.returns:
        if not walk.runs(inside, value.at.start):
            continue
        trails += via(walk.follow(value, inside), hop)
    if not trails:
        return (Found(call, frame),)
    return entered_by(trails, None)


def _known(walk: Walk, call: Call, name: str, frame: Frame) -> tuple[Trail, ...]:
    at = call.at.within(frame.path)
    if name in ENVIRONMENT_READERS:
        return _environment(walk, call, frame, at)
    if name in TRANSPARENT and call.positional:
        return walk.follow(call.positional[-1], frame)
    if name in FIELD_MAKERS or name in OPTION_MAKERS:
        return _default_of(walk, call, frame)
    found = read_by_name(walk, call, name, frame)
    if found:
        return found
    if name == "dict" and not call.positional:
        entries = tuple(
            Entry(None if k.name is None else Text(k.value.at, k.name), k.value)
            for k in call.keywords
        )
        return (Found(Table(call.at, entries), frame),)
    return ()


def _environment(walk: Walk, call: Call, frame: Frame, at: Place) -> tuple[Trail, ...]:
    key = known_key(walk, call.positional[0], frame) if call.positional else None
    variable = key if isinstance(key, str) else "?"
    default = _second(call)
    if default is None:
        return (Lost(f"environment variable {variable} has no default here", at),)
    hop = Hop(at, HopKind.ENVIRONMENT, detail=variable)
    return via(walk.follow(default, frame), hop)


def _second(call: Call) -> Expression | None:
    named = next((k.value for k in call.keywords if k.name == "default"), None)
    return call.positional[1] if len(call.positional) > 1 else named


def _default_of(walk: Walk, call: Call, frame: Frame) -> tuple[Trail, ...]:
    named = next((k.value for k in call.keywords if k.name == "default"), None)
    value = call.positional[0] if call.positional else named
    return () if value is None else walk.follow(value, frame)


def _of_method(walk: Walk, call: Call, callee: Member, frame: Frame) -> tuple[Trail, ...]:
    if callee.name in TRANSPARENT_METHODS and not call.positional:
        ends = walk.follow(callee.base, frame)
        if all(isinstance(e, Found) and isinstance(e.expression, Text | Table) for e in ends):
            return ends
    if callee.name in {"get", "pop"} and call.positional:
        return _table_look_up(walk, call, callee, frame)
    return ()


def _table_look_up(walk: Walk, call: Call, callee: Member, frame: Frame) -> tuple[Trail, ...]:
    at = call.at.within(frame.path)
    trails: tuple[Trail, ...] = ()
    for base in walk.follow(callee.base, frame):
        if not (isinstance(base, Found) and isinstance(base.expression, Table)):
            return ()
        key = known_key(walk, call.positional[0], frame)
        found = entry_of(walk, base.expression, base.frame, key, at)
        trails += via(found, *base.hops)
        default = _second(call)
        if default is not None and (key is None or not found):
            trails += via(walk.follow(default, frame), Hop(at, HopKind.KEY, detail="default"))
    return trails
