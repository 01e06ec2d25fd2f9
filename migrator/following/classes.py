"""Look up members of classes: their own, those of their bases, and what instances are given."""

from __future__ import annotations

from migrator.domain.expression import Call, Member, dotted
from migrator.domain.facts import Binding, FileFacts, Scope, ScopeKind
from migrator.domain.source import Place
from migrator.domain.trail import Confidence, Defined, Frame, Hop, HopKind, Lost, Trail
from migrator.following.ancestry import class_of
from migrator.following.computed import computed_ends, likely, sets_by_name
from migrator.following.crew_base import read_beside
from migrator.following.definitions import definition_of
from migrator.following.hops import MOST_NESTED, entered_by, via
from migrator.following.method_frames import entered_on, frame_of, frames_of
from migrator.following.mro import Order, ahead_of, depth_first, order_of
from migrator.following.named_members import may_have
from migrator.following.port import Walk
from migrator.following.scopes import child, reaching
from migrator.following.settings import variables_of
from migrator.following.ways import MOST_ENDS

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
    found = own_member(walk, facts, owner, name, at, made)
    if found:
        return found + _computed_above(walk, facts, owner, name, made)
    asked = () if seen else order_of(walk, (path, symbol))
    if asked != (() if seen else depth_first(walk, (path, symbol))):
        return _in_order(walk, asked, name, at, made)
    for base in owner.bases:
        for trail in walk.follow(class_of(base), Frame(path, owner.parent or "")):
            if isinstance(trail, Defined) and may_have(walk, trail, name):
                seen = (*seen, symbol)
                for above in _made_above(walk, facts, owner, made):
                    found += class_member(
                        walk, trail.path, trail.symbol, name, at, seen=seen, made=above
                    )
                if found:
                    return found
    return ()


def _in_order(
    walk: Walk,
    order: Order,
    name: str,
    at: Place,
    made: tuple[Call, Frame] | None,
) -> tuple[Trail, ...]:
    """Look a member up in one class after another, each constructed by the one before."""
    instances: tuple[tuple[Call, Frame] | None, ...] = (made,)
    for path, symbol in order:
        facts = walk.file(path)
        owner = facts.scopes.get(symbol) if facts else None
        if facts is None or owner is None:
            continue
        found: tuple[Trail, ...] = ()
        for each in instances:
            found += own_member(walk, facts, owner, name, at, each)
        if found:
            return found
        above = (one for each in instances for one in _made_above(walk, facts, owner, each))
        instances = tuple(dict.fromkeys(above))[:MOST_ENDS]
    return ()


def overriding(walk: Walk, path: str, owner: Scope, name: str, method: str) -> tuple[Trail, ...]:
    """Give what the classes below set a member to that a method of `owner` reads from `self`.

    Where such a class has a method of the same name, it is likely alone that this one still runs.
    """
    home = walk.file(path)
    assigned = home is not None and _assigns(home, owner, name)
    trails: tuple[Trail, ...] = ()
    for where, below in ahead_of(walk, (path, owner.symbol)):
        facts = walk.file(where)
        if facts is None or (assigned and not _assigns(facts, below, name)):
            continue  # what instances are given hides what a class declares
        at = below.at.within(where)
        found = own_member(walk, facts, below, name, at, None)
        if child(facts, below, method.rpartition(".")[2]):
            hop = Hop(at, HopKind.FIELD, Confidence.LIKELY, f"{below.symbol}.{name}")
            found = via(found, hop)
        trails += found
    return trails


def own_member(
    walk: Walk,
    facts: FileFacts,
    owner: Scope,
    name: str,
    at: Place,
    made: tuple[Call, Frame] | None,
) -> tuple[Trail, ...]:
    """Give the ends of a member that a class defines, declares or assigns itself."""
    path, symbol = facts.path, owner.symbol
    beside = read_beside(walk, facts, owner, name) if owner.decorators else ()
    if beside:
        return via(beside, Hop(at, HopKind.FIELD, detail=f"{symbol}.{name}"))
    defined = child(facts, owner, name)
    if defined:
        return _method(walk, facts, defined, made)
    bound = assigned_to_self(walk, facts, owner, name, made)
    declared = reaching(tuple(each for each in owner.bindings if each.name == name))
    bound += _declared(walk, path, owner, declared)
    bound += () if made else _constructed(walk, path, owner, declared)
    bound += _computed(walk, facts, owner, name, made, told=bool(bound))
    return via(bound, Hop(at, HopKind.FIELD, detail=f"{symbol}.{name}"))


def _computed(
    walk: Walk,
    facts: FileFacts,
    owner: Scope,
    name: str,
    made: tuple[Call, Frame] | None,
    *,
    told: bool,
) -> tuple[Trail, ...]:
    """Give what methods may set a member to under a computed name, by a likely hop.

    Where nothing else tells of it, that it cannot be seen is an end of its own.
    """
    trails: tuple[Trail, ...] = ()
    place: Place | None = None
    for scope in facts.scopes.values():
        if scope.parent != owner.symbol or not scope.parameters:
            continue
        for binding in sets_by_name(scope, scope.parameters[0].name):
            place = binding.at.within(facts.path)
            hop = likely(place, f"{owner.symbol}.{name}")
            for frame in frames_of(walk, facts, owner, scope, made):
                trails += via(computed_ends(walk, scope, binding, name, frame), hop)
    if place is not None and not trails and not told:
        return (Lost(f"{owner.symbol}.{name} may be set under a computed name", place),)
    return entered_by(trails, None)


def _computed_above(
    walk: Walk,
    facts: FileFacts,
    owner: Scope,
    name: str,
    made: tuple[Call, Frame] | None,
    depth: int = 0,
) -> tuple[Trail, ...]:
    """Give what base classes may set a member to, under a computed name, that a class declares."""
    if depth > MOST_NESTED or child(facts, owner, name):
        return ()
    trails: tuple[Trail, ...] = ()
    for base in owner.bases:
        for end in walk.follow(class_of(base), Frame(facts.path, owner.parent or "")):
            found = definition_of(walk, end)
            for above in _made_above(walk, facts, owner, made) if found else ():
                if found:
                    trails += _computed(walk, *found, name, above, told=True)
                    trails += _computed_above(walk, *found, name, above, depth + 1)
    return trails


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
) -> tuple[tuple[Call, Frame] | None, ...]:
    """Give the calls that make the part of an instance which its base class defines.

    So what other subclasses say is not taken for ours.
    """
    own = facts.scopes.get(f"{owner.symbol}.__init__")
    if own is None:
        return (made,) if made else _constructions(walk, facts, owner) or (None,)
    inside = frame_of(walk, facts, own, made)
    for invocation in facts.invocations:
        callee = invocation.call.callee
        calls_up = isinstance(callee, Member) and callee.name == "__init__"
        if calls_up and invocation.scope == own.symbol:
            return ((invocation.call, inside),)
    return (None,)


def _constructions(walk: Walk, facts: FileFacts, owner: Scope) -> tuple[tuple[Call, Frame], ...]:
    """Give the calls that make instances of a class without a constructor of its own, or below.

    None where a class method may make them, a class below has more to say, or they are too many.
    """
    classes = ((facts.path, owner), *walk.callers.below(walk, facts.path, owner.symbol))
    homes = {path for path, _ in classes}
    if any(path in homes for path, _ in walk.callers.named("cls")):
        return ()
    made: list[tuple[Call, Frame]] = []
    for path, scope in classes:
        inner = walk.file(path)
        if inner is None or f"{scope.symbol}.__init__" in inner.scopes:
            return ()
        made += [(each.call, frame) for frame, each, _ in walk.callers.of(walk, path, scope)]
    return tuple(made) if len(made) <= MOST_ENDS else ()


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
        for frame in frames_of(walk, facts, owner, scope, made) if assigned else ():
            trails += walk.bound(reaching(assigned), frame)
    return entered_by(trails, None)


def _assigns(facts: FileFacts, owner: Scope, name: str) -> bool:
    return any(
        binding.name.partition(".")[2] == name and binding.name.startswith("self.")
        for scope in facts.scopes.values()
        if scope.parent == owner.symbol
        for binding in scope.bindings
    )


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


def _method(
    walk: Walk, facts: FileFacts, method: Scope, made: tuple[Call, Frame] | None
) -> tuple[Trail, ...]:
    decorators = [dotted(each) or "" for each in method.decorators]
    if not any(each.rpartition(".")[2] in PROPERTIES for each in decorators):
        return (Defined(facts.path, method.symbol),)
    frame = entered_on(walk, facts, method, made) if made else Frame(facts.path, method.symbol)
    trails: tuple[Trail, ...] = ()
    for value in method.returns:
        trails += walk.follow(value, frame)
    hop = Hop(method.at.within(facts.path), HopKind.RETURN, detail=method.symbol)
    return entered_by(via(trails, hop), None) if made else via(trails, hop)
