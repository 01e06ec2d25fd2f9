"""Follow `base.name`: through modules, classes, instances and enums."""

from __future__ import annotations

from dataclasses import replace

from migrator.domain.expression import Call, Member, Name, Text, dotted
from migrator.domain.facts import Binding, FileFacts, Scope, ScopeKind
from migrator.domain.source import Place
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
from migrator.following.hops import MOST_NESTED, entered_by, entered_with, via
from migrator.following.paths import ABOVE, is_path
from migrator.following.port import Walk
from migrator.following.scopes import (
    FromImport,
    child,
    lookup,
    method_of_self,
    owner_class,
    reaching,
)

PROPERTIES = ("property", "cached_property")


def follow_member(walk: Walk, expression: Member, frame: Frame) -> tuple[Trail, ...]:
    """Give the ends of a member; an unknown object's member is lost with the member's name."""
    facts = walk.file(frame.path)
    if facts is None:
        return (Lost("the file cannot be read", expression.at.within(frame.path)),)
    through_module = _of_module(walk, facts, expression, frame)
    if through_module:
        return through_module
    if expression.name in ABOVE and is_path(walk, expression.base, frame):
        return (Found(expression, frame),)
    if isinstance(expression.base, Call) and dotted(expression.base.callee) == "super":
        return _of_bases(walk, facts, expression, frame)
    set_here = _set_on_path(walk, facts, expression, frame)
    if isinstance(expression.base, Name):
        owner = method_of_self(facts, frame.symbol, expression.base.name)
        if owner:
            return _of_class(walk, facts, owner, expression, frame)
    trails: tuple[Trail, ...] = set_here
    for base in walk.follow(expression.base, frame):
        ends = _of_end(walk, base, expression, frame)
        trails += entered_with(ends, base)
    return trails


def class_member(
    walk: Walk,
    path: str,
    symbol: str,
    name: str,
    at: Place,
    *,
    seen: tuple[str, ...] = (),
    made: tuple[Call, Frame] | None = None,
) -> tuple[Trail, ...]:
    """Give the ends of a class's or its instances' member, looked up through the bases.

    `made` is the call that made the instance, where it is known, with the frame it is read in.
    """
    facts = walk.file(path)
    owner = facts.scopes.get(symbol) if facts else None
    if facts is None or owner is None or symbol in seen:
        return ()
    defined = child(facts, owner, name)
    if defined:
        return _method(walk, path, defined)
    bound = _assigned_to_self(walk, facts, owner, name, made)
    declared = reaching(tuple(each for each in owner.bindings if each.name == name))
    hop = Hop(at, HopKind.FIELD, detail=f"{symbol}.{name}")
    bound += walk.bound(tuple(each for each in declared if each.value), Frame(path, symbol))
    bound += () if made else _constructed(walk, path, owner, declared)
    if bound:
        return via(bound, hop)
    for base in owner.bases:
        for trail in walk.follow(base, Frame(path, owner.parent or "")):
            if isinstance(trail, Defined):
                found = class_member(walk, trail.path, trail.symbol, name, at, seen=(*seen, symbol))
                if found:
                    return found
    return ()


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


def _of_bases(walk: Walk, facts: FileFacts, expression: Member, frame: Frame) -> tuple[Trail, ...]:
    """Follow `super().name` to the nearest base class that has it."""
    at = expression.at.within(frame.path)
    owner = owner_class(facts, frame.symbol)
    for base in owner.bases if owner else ():
        for end in walk.follow(base, Frame(frame.path, owner.parent or "" if owner else "")):
            if isinstance(end, Defined):
                found = class_member(walk, end.path, end.symbol, expression.name, at)
                if found:
                    return found
    return (Outside(f"super().{expression.name}", at),)


def _set_on_path(
    walk: Walk, facts: FileFacts, expression: Member, frame: Frame
) -> tuple[Trail, ...]:
    """Follow what is assigned to the whole path: `config.model = …`, `self.config.model = …`."""
    path = dotted(expression)
    if path is None:
        return ()
    root, _, rest = path.partition(".")
    owner = method_of_self(facts, frame.symbol, root)
    if owner is not None:
        return _assigned_to_self(walk, facts, owner, rest, None) if "." in rest else ()
    scope = facts.scopes.get(frame.symbol)
    assigned = tuple(
        each
        for each in (scope.bindings if scope else ())
        if each.name == path and each.how == "assignment" and each.at.start < expression.at.start
    )
    return walk.bound(assigned, frame)


def _of_class(
    walk: Walk, facts: FileFacts, owner: Scope, expression: Member, frame: Frame
) -> tuple[Trail, ...]:
    at = expression.at.within(frame.path)
    found = class_member(walk, facts.path, owner.symbol, expression.name, at)
    if found:
        return found
    return (Lost(f"{owner.symbol}.{expression.name} is never assigned in view", at),)


def _of_end(walk: Walk, base: Trail, expression: Member, frame: Frame) -> tuple[Trail, ...]:
    at = expression.at.within(frame.path)
    match base:
        case Outside(name=name):
            return (Outside(f"{name}.{expression.name}", at, base.hops),)
        case Defined(path=path, symbol=""):
            return walk.exported(path, expression.name)
        case Defined(path=path, symbol=symbol):
            found = class_member(walk, path, symbol, expression.name, at)
            return found or (Lost(f"{symbol}.{expression.name} is not defined in view", at),)
        case Found(expression=Text()) if expression.name == "value":
            return (base,)
        case Found(expression=Call() as made):
            return _of_instance(walk, base, made, expression, at)
        case Found():
            return (Lost(f"member {expression.name} of a {type(base.expression).__name__}", at),)
        case Lost(reason=reason):
            return (replace(base, reason=reason),)


def _of_instance(
    walk: Walk, base: Found, made: Call, expression: Member, at: Place
) -> tuple[Trail, ...]:
    for trail in walk.follow(made.callee, base.frame):
        if isinstance(trail, Defined):
            given = next((k.value for k in made.keywords if k.name == expression.name), None)
            facts = walk.file(trail.path)
            scope = facts.scopes.get(trail.symbol) if facts else None
            if given is not None and scope and f"{trail.symbol}.__init__" not in facts.scopes:  # type: ignore[union-attr]
                hop = Hop(at, HopKind.FIELD, detail=f"{trail.symbol}.{expression.name}")
                return via(walk.follow(given, base.frame), hop)
            found = class_member(
                walk, trail.path, trail.symbol, expression.name, at, made=(made, base.frame)
            )
            if found:
                return found
            return (Lost(f"{trail.symbol}.{expression.name} is not defined in view", at),)
        if isinstance(trail, Outside):
            return (Outside(f"{trail.name}().{expression.name}", at),)
    return (Lost(f"member {expression.name} of something that could not be followed", at),)


def _assigned_to_self(
    walk: Walk, facts: FileFacts, owner: Scope, name: str, made: tuple[Call, Frame] | None
) -> tuple[Trail, ...]:
    trails: tuple[Trail, ...] = ()
    for scope in facts.scopes.values():
        if scope.parent != owner.symbol or scope.kind is not ScopeKind.FUNCTION:
            continue
        myself = scope.parameters[0].name if scope.parameters else "self"
        assigned = tuple(
            each
            for each in scope.bindings
            if each.name == f"{myself}.{name}" and each.how in {"assignment", "with"}
        )
        if assigned:
            trails += walk.bound(reaching(assigned), _frame_of(walk, facts, scope, made))
    return entered_by(trails, None)


def _frame_of(walk: Walk, facts: FileFacts, scope: Scope, made: tuple[Call, Frame] | None) -> Frame:
    """Read a constructor as entered from the call that made the instance, if that is known."""
    if made is None or not scope.symbol.endswith(".__init__"):
        return Frame(facts.path, scope.symbol)
    call, caller = made
    if caller.depth >= MOST_NESTED:
        return Frame(facts.path, scope.symbol)
    return walk.entered(facts.path, scope, call, caller)


def _constructed(
    walk: Walk, path: str, owner: Scope, declared: tuple[Binding, ...]
) -> tuple[Trail, ...]:
    """Follow a field without a constructor of its own to the calls that fill it."""
    if not any(each.annotation for each in declared):
        return ()
    name = declared[0].name
    trails: tuple[Trail, ...] = ()
    for frame, invocation, _ in walk.callers.of(walk, path, owner):
        for keyword in invocation.call.keywords:
            if keyword.name == name:
                hop = Hop(invocation.call.at.within(frame.path), HopKind.ARGUMENT, detail=name)
                trails += via(walk.follow(keyword.value, frame), hop)
    return entered_by(trails, None)


def _method(walk: Walk, path: str, method: Scope) -> tuple[Trail, ...]:
    decorators = [dotted(each) or "" for each in method.decorators]
    if not any(each.rpartition(".")[2] in PROPERTIES for each in decorators):
        return (Defined(path, method.symbol),)
    trails: tuple[Trail, ...] = ()
    for value in method.returns:
        trails += walk.follow(value, Frame(path, method.symbol))
    return via(trails, Hop(method.at.within(path), HopKind.RETURN, detail=method.symbol))
