"""Find subclasses that set anew what a judged call is given through `self`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from migrator.domain.expression import Call, Choice, Expression, Join, Member, Name, Text
from migrator.domain.facts import FileFacts, Scope, ScopeKind
from migrator.domain.other_use import OtherUse, UseKind
from migrator.domain.site import BoundSite
from migrator.domain.source import Location, Place
from migrator.domain.trail import Defined, Found, Frame
from migrator.following.port import Walk
from migrator.following.scopes import owner_class

Values = tuple[tuple[Expression, Frame], ...]
Subclasses = Mapping[tuple[str, str], tuple[tuple[FileFacts, Scope], ...]]


def overridden(
    walk: Walk, files: Iterable[FileFacts], sites: Iterable[BoundSite]
) -> Iterator[tuple[Place, OtherUse]]:
    """Yield, for the reference of each site, the members that a subclass overrides.

    Other words for a prompt are none: they are paired with the call like its own.
    """
    below = _subclasses(walk, files)
    if not below:
        return
    for site in sites:
        call, reference = site.call, site.reference
        facts = walk.file(call.frame.path) if call else None
        owner = owner_class(facts, call.frame.symbol) if call and facts else None
        if call is None or reference is None or owner is None:
            continue
        prompts = {each.name for each in call.surface.prompts}
        given = [k for k in call.invocation.call.keywords if k.name != call.surface.model]
        names = {name for k in given for name in _through_self(k.value)}
        sent = {name for k in given if k.name not in prompts for name in _through_self(k.value)}
        for home, scope in below.get((call.frame.path, owner.symbol), ()):
            for name, at, values in _set(home, scope):
                worded = name not in sent and _are_words(walk, values)
                if name in names and not worded:
                    use = OtherUse(at=at.within(home.path), kind=UseKind.CHANGED, written=name)
                    yield reference.place, use


def _are_words(walk: Walk, values: Values) -> bool:
    """Whether a class sets texts of its own, all of which are in view."""
    ends = [end for value, frame in values for end in walk.follow(value, frame)]
    return bool(ends) and all(
        isinstance(each, Found) and isinstance(each.expression, Text | Join) for each in ends
    )


def _subclasses(walk: Walk, files: Iterable[FileFacts]) -> Subclasses:
    found: defaultdict[tuple[str, str], list[tuple[FileFacts, Scope]]] = defaultdict(list)
    for facts in files:
        for scope in facts.scopes.values():
            if scope.kind is ScopeKind.CLASS:
                for base in scope.bases:
                    for end in walk.follow(base, Frame(facts.path, scope.parent or "")):
                        if isinstance(end, Defined):
                            found[end.path, end.symbol].append((facts, scope))
    return {key: tuple(each) for key, each in found.items()}


def _through_self(value: Expression) -> Iterator[str]:
    match value:
        case Member(base=Name(name="self" | "cls"), name=name):
            yield name
        case Call(callee=callee, positional=positional):
            for each in (callee, *positional):
                yield from _through_self(each)
        case Choice(options=parts):
            for each in parts:
                yield from _through_self(each)
        case _:
            return


def _set(facts: FileFacts, scope: Scope) -> Iterator[tuple[str, Location, Values]]:
    """Name what a class sets: its own bindings, its methods with what they return, its `self`."""
    for binding in scope.bindings:
        if binding.value is not None:
            yield binding.name, binding.at, ((binding.value, Frame(facts.path, scope.symbol)),)
    for method in facts.scopes.values():
        if method.parent == scope.symbol:
            inside = Frame(facts.path, method.symbol)
            returned = tuple((each, inside) for each in method.returns)
            yield method.symbol.rpartition(".")[2], method.at, returned
            for binding in method.bindings:
                yield binding.name.removeprefix("self."), binding.at, ()
