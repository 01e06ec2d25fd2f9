"""Follow `base.name`: through modules, classes, instances and enums."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrator.domain.expression import Call, Member, Name, Scalar, Series, Table, Text, dotted
from migrator.domain.facts import FileFacts, Scope
from migrator.domain.trail import (
    Defined,
    Found,
    Frame,
    Hop,
    HopKind,
    Lost,
    Outside,
    Trail,
)
from migrator.following.annotated import by_annotation
from migrator.following.classes import assigned_to_self, class_member, overriding
from migrator.following.hops import entered_with, seen_from, via
from migrator.following.instances import made_member, member_of
from migrator.following.items import entry_of
from migrator.following.next_in_line import of_next
from migrator.following.paths import ABOVE, is_path
from migrator.following.port import Walk
from migrator.following.runtimes import context_default
from migrator.following.scopes import (
    OWN_NAME,
    FromImport,
    lookup,
    method_with_self,
    visible_scopes,
)
from migrator.following.selves import made_more_than_once, selves
from migrator.following.stores import out_of_store
from migrator.following.ways import one_of_several

_NAMES = frozenset({"__name__", "__qualname__"})


def follow_member(walk: Walk, expression: Member, frame: Frame) -> tuple[Trail, ...]:
    """Give the ends of a member; an unknown object's member is lost with the member's name."""
    facts = walk.file(frame.path)
    if facts is None:
        return (Lost("the file cannot be read", expression.at.within(frame.path)),)
    at = expression.at.within(frame.path)
    kept = out_of_store(walk, expression.base, expression.name, at)
    through_module = _of_module(walk, facts, expression, frame)
    if through_module:
        return kept or through_module
    if expression.name in ABOVE and is_path(walk, expression.base, frame):
        return (Found(expression, frame),)
    if isinstance(expression.base, Call) and dotted(expression.base.callee) == "super":
        return of_next(walk, facts, expression, frame)
    set_here = _set_on_path(walk, facts, expression, frame) + kept
    if isinstance(expression.base, Name):
        method = method_with_self(facts, frame.symbol, expression.base.name)
        if method:
            return _of_self(walk, facts, method, expression, frame)
    trails: tuple[Trail, ...] = set_here
    for base in walk.follow(expression.base, frame):
        ends = via(_of_end(walk, base, expression, frame), *base.hops)
        trails += entered_with(seen_from(ends, frame), base)
    declared = context_default(walk, expression, frame)
    if set_here or declared:
        unseen = Lost | Outside if declared else Lost
        return declared + tuple(each for each in trails if not isinstance(each, unseen))
    if all(isinstance(each, Lost) and each.caller for each in trails):
        return by_annotation(walk, expression, frame) or trails
    return trails


def _of_module(walk: Walk, facts: FileFacts, expression: Member, frame: Frame) -> tuple[Trail, ...]:
    base = dotted(expression.base)
    if base is None:
        return ()
    root, _, rest = base.partition(".")
    found = lookup(facts, frame.symbol, root, None)
    if not isinstance(found, FromImport) or found.imported.symbol is not None:
        return ()
    module = f"{found.imported.module}.{rest}" if rest else found.imported.module
    path = walk.source.module(module, frame.path)
    at = found.imported.at.within(frame.path)
    if path:
        hop = Hop(at, HopKind.IMPORT, detail=f"{module}.{expression.name}")
        return via(walk.exported(path, expression.name), hop)
    return (Outside(f"{module}.{expression.name}", at),)


def _set_on_path(
    walk: Walk, facts: FileFacts, expression: Member, frame: Frame
) -> tuple[Trail, ...]:
    """Follow what is assigned to the whole path: `config.model = …`, `self.config.model = …`."""
    path = dotted(expression)
    if path is None:
        return ()
    root, _, rest = path.partition(".")
    method = method_with_self(facts, frame.symbol, root)
    if method is not None:
        return _set_on_self(walk, facts, method, rest, frame) if "." in rest else ()
    trails: tuple[Trail, ...] = ()
    for scope in _scopes_of(facts, frame.symbol, root):
        here = scope.symbol == frame.symbol
        assigned = tuple(
            each
            for each in scope.bindings
            if each.name == path
            and each.how == "assignment"
            and (not here or each.at.start < expression.at.start)
        )
        trails += walk.bound(assigned, frame if here else Frame(facts.path, scope.symbol))
    return trails


def _set_on_self(
    walk: Walk, facts: FileFacts, method: Scope, name: str, frame: Frame
) -> tuple[Trail, ...]:
    owner = facts.scopes[method.parent or ""]
    every = assigned_to_self(walk, facts, owner, name, None)
    known = selves(walk, facts, method, frame) if every else None
    if known is None:
        return every
    told: tuple[Trail, ...] = ()
    for each in known.instances:
        if each.made is not None and (each.path, each.symbol) == (facts.path, owner.symbol):
            told += assigned_to_self(walk, facts, owner, name, (each.made, each.frame))
    return told or every


def _scopes_of(facts: FileFacts, symbol: str, root: str) -> Iterator[Scope]:
    """Yield the scopes around a read up to the one that the name itself belongs to."""
    for scope in visible_scopes(facts, symbol):
        yield scope
        named = {each.name for each in scope.bindings} | {each.name for each in scope.parameters}
        if root in named or any((i.local, i.scope) == (root, scope.symbol) for i in facts.imports):
            return


def _of_self(
    walk: Walk, facts: FileFacts, method: Scope, expression: Member, frame: Frame
) -> tuple[Trail, ...]:
    """Follow `self.name` to the very objects that the method is called on, as far as known."""
    known = selves(walk, facts, method, frame)
    at = expression.at.within(frame.path)
    told: tuple[Trail, ...] = ()
    for each in known.instances if known else ():
        told += member_of(walk, each, expression.name, at)
    if known is not None and told and not known.untold:
        return told
    others = _of_class(walk, facts, method, expression, frame)
    if known is not None and made_more_than_once(walk, facts, method):
        return told + one_of_several(others, at)
    return told + others


def _of_class(
    walk: Walk, facts: FileFacts, method: Scope, expression: Member, frame: Frame
) -> tuple[Trail, ...]:
    at = expression.at.within(frame.path)
    owner = facts.scopes[method.parent or ""]
    found = class_member(walk, facts.path, owner.symbol, expression.name, at)
    found += overriding(walk, facts.path, owner, expression.name, frame.symbol)
    if found:
        return found
    return (Lost(f"{owner.symbol}.{expression.name} is never assigned in view", at),)


def _of_end(walk: Walk, base: Trail, expression: Member, frame: Frame) -> tuple[Trail, ...]:
    """Give the ends of a member of one end of the base, without the hops to that."""
    at = expression.at.within(frame.path)
    match base:
        case Outside(name=name, of=made):
            return (Outside(f"{name}.{expression.name}", at, of=made),)
        case Defined(path=path, symbol=""):
            return walk.exported(path, expression.name)
        case Defined(symbol=symbol) if expression.name in _NAMES:
            name = symbol.rpartition(".")[2].partition(OWN_NAME)[0]
            return (Found(Text(expression.at, name, expression.name), frame),)
        case Defined(path=path, symbol=symbol):
            found = class_member(walk, path, symbol, expression.name, at)
            return found or (Lost(f"{symbol}.{expression.name} is not defined in view", at),)
        case Found(expression=Text() | Scalar() | Series() | Table()) if expression.name == "value":
            return (replace(base, hops=(), entered=None),)  # a member of an enum
        case Found(expression=Call() as made):
            return made_member(walk, base, made, expression, at)
        case Found(expression=Table() as table, frame=inside):
            # Only what wraps a table, as configuration libraries do, has its keys as members.
            lost = Lost(f"the table has no entry {expression.name!r}", at)
            return entry_of(walk, table, inside, expression.name, at) or (lost,)
        case Found():
            return (Lost(f"member {expression.name} of a {type(base.expression).__name__}", at),)
        case Lost():
            return (replace(base, hops=()),)
