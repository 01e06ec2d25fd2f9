"""Look up members of classes: their own, those of their bases, and what instances are given."""

from __future__ import annotations

from migrator.domain.expression import Call, Member, dotted
from migrator.domain.facts import Binding, FileFacts, Scope, ScopeKind
from migrator.domain.source import Place
from migrator.domain.trail import Confidence, Defined, Frame, Hop, HopKind, Lost, Trail
from migrator.following.ancestry import class_of
from migrator.following.computed import computed_member
from migrator.following.hops import MOST_NESTED, entered_by, via
from migrator.following.port import Walk
from migrator.following.scopes import child, reaching
from migrator.following.settings import variables_of

PROPERTIES = ("property", "cached_property")


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
    found = _own(walk, facts, owner, name, at, made)
    if found:
        return found
    for base in owner.bases:
        for trail in walk.follow(class_of(base), Frame(path, owner.parent or "")):
            if isinstance(trail, Defined):
                above = _made_above(walk, facts, owner, made)
                seen = (*seen, symbol)
                found = class_member(
                    walk, trail.path, trail.symbol, name, at, seen=seen, made=above
                )
                if found:
                    return found
    return ()


def overriding(walk: Walk, path: str, owner: Scope, name: str, method: str) -> tuple[Trail, ...]:
    """Give what the classes below set a member to that a method of `owner` reads from `self`.

    Where such a class has a method of the same name, it is likely alone that this one still runs.
    """
    home = walk.file(path)
    assigned = home is not None and _assigns(home, owner, name)
    trails: tuple[Trail, ...] = ()
    for where, below in walk.callers.below(walk, path, owner.symbol):
        facts = walk.file(where)
        if facts is None or (assigned and not _assigns(facts, below, name)):
            continue  # what instances are given hides what a class declares
        at = below.at.within(where)
        found = _own(walk, facts, below, name, at, None)
        if child(facts, below, method.rpartition(".")[2]):
            hop = Hop(at, HopKind.FIELD, Confidence.LIKELY, f"{below.symbol}.{name}")
            found = via(found, hop)
        trails += found
    return trails


def _own(
    walk: Walk,
    facts: FileFacts,
    owner: Scope,
    name: str,
    at: Place,
    made: tuple[Call, Frame] | None,
) -> tuple[Trail, ...]:
    """Give the ends of a member that a class defines, declares or assigns itself."""
    path, symbol = facts.path, owner.symbol
    defined = child(facts, owner, name)
    if defined:
        return _method(walk, path, defined)
    bound = assigned_to_self(walk, facts, owner, name, made)
    declared = reaching(tuple(each for each in owner.bindings if each.name == name))
    bound += _declared(walk, path, owner, declared)
    bound += () if made else _constructed(walk, path, owner, declared)
    bound = bound or computed_member(walk, facts, owner, name)
    return via(bound, Hop(at, HopKind.FIELD, detail=f"{symbol}.{name}"))


def _declared(
    walk: Walk, path: str, owner: Scope, declared: tuple[Binding, ...]
) -> tuple[Trail, ...]:
    """Follow the values of a field, over the variables of the environment that may set it."""
    if not declared:
        return ()
    field = declared[-1]
    at = field.at.within(path)
    variables = variables_of(walk, path, owner, field)
    hops = tuple(Hop(at, HopKind.ENVIRONMENT, detail=each) for each in variables)
    trails = walk.bound(tuple(each for each in declared if each.value), Frame(path, owner.symbol))
    if variables and (not trails or all(isinstance(each, Lost) for each in trails)):
        return (Lost(f"environment variable {variables[0]} has no default here", at),)
    return via(trails, *hops)


def _made_above(
    walk: Walk, facts: FileFacts, owner: Scope, made: tuple[Call, Frame] | None
) -> tuple[Call, Frame] | None:
    """Give the call that makes the part of an instance which its base class defines."""
    own = facts.scopes.get(f"{owner.symbol}.__init__")
    if own is None:
        return made
    inside = _frame_of(walk, facts, own, made)  # so what other subclasses say is not taken for ours
    for invocation in facts.invocations:
        callee = invocation.call.callee
        calls_up = isinstance(callee, Member) and callee.name == "__init__"
        if calls_up and invocation.scope == own.symbol:
            return invocation.call, inside
    return None


def assigned_to_self(
    walk: Walk, facts: FileFacts, owner: Scope, name: str, made: tuple[Call, Frame] | None
) -> tuple[Trail, ...]:
    """Follow what the methods of a class assign to a member of `self`."""
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


def _assigns(facts: FileFacts, owner: Scope, name: str) -> bool:
    return any(
        binding.name.partition(".")[2] == name and binding.name.startswith("self.")
        for scope in facts.scopes.values()
        if scope.parent == owner.symbol
        for binding in scope.bindings
    )


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
