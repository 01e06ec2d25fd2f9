"""Find where the values that a call is given are set anew by code in another place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from migrator.domain.expression import Expression, Member, Name
from migrator.domain.facts import Binding, FileFacts
from migrator.domain.other_use import OtherUse, UseKind
from migrator.domain.site import BoundCall, BoundSite
from migrator.domain.source import Place
from migrator.domain.trail import Defined, Found, Frame
from migrator.following.port import Walk
from migrator.following.scopes import FromImport, lookup, visible_scopes
from migrator.stages.uses._instances import may_be_self

_ADDS = frozenset({"item", "augmented", "call"})
_OWN = frozenset({"self", "cls"})
Setters = Mapping[str, Sequence[tuple[Frame, Binding]]]


def changes(
    walk: Walk, files: Iterable[FileFacts], sites: Iterable[BoundSite]
) -> Iterator[tuple[Place, OtherUse]]:
    """Yield, for the reference of each site, the bindings that change what its call is given.

    Looked at are tables that the call takes in and members of objects, changed out of its scopes.
    """
    added, set_later = _setters(files)
    if not added and not set_later:
        return
    for site in sites:
        if site.reference is None or site.call is None:
            continue
        for frame, binding in _changing(walk, site.call, added, set_later):
            at = binding.at.within(frame.path)
            use = OtherUse(at=at, kind=UseKind.CHANGED, written=binding.name)
            yield site.reference.place, use


def _setters(files: Iterable[FileFacts]) -> tuple[Setters, Setters]:
    """Give what adds to tables by the table's last name, and what sets members by theirs."""
    added: defaultdict[str, list[tuple[Frame, Binding]]] = defaultdict(list)
    set_later: defaultdict[str, list[tuple[Frame, Binding]]] = defaultdict(list)
    for facts in files:
        for scope in facts.scopes.values():
            for binding in scope.bindings:
                head, dot, tail = binding.name.rpartition(".")
                if binding.value is None or binding.name.partition(".")[0] in _OWN:
                    continue
                entry = Frame(facts.path, scope.symbol), binding
                if binding.how in _ADDS:
                    added[tail].append(entry)
                elif dot and head and binding.how == "assignment":
                    set_later[tail].append(entry)
    return added, set_later


def _changing(
    walk: Walk, call: BoundCall, added: Setters, set_later: Setters
) -> Iterator[tuple[Frame, Binding]]:
    frame, seen = call.frame, set(_seen_from(walk, call.frame))
    for keyword in call.invocation.call.keywords:
        value = keyword.value
        name = value.name if isinstance(value, Name | Member) else ""
        setters = added if keyword.name is None else set_later
        for where, binding in setters.get(name, ()):
            if (where.path, where.symbol) in seen:
                continue
            if keyword.name is None:
                same = _same(walk, _path(binding, binding.name), where, value, frame)
            else:
                same = _sets(walk, binding, where, value, frame)
            if same:
                yield where, binding


def _seen_from(walk: Walk, frame: Frame) -> Iterator[tuple[str, str]]:
    facts = walk.file(frame.path)
    if facts is not None:
        yield from ((frame.path, scope.symbol) for scope in visible_scopes(facts, frame.symbol))


def _sets(walk: Walk, binding: Binding, where: Frame, value: Expression, frame: Frame) -> bool:
    """Whether `base.name = …` sets the very member, or the module's name, that is given."""
    base = _path(binding, binding.name.rpartition(".")[0])
    if isinstance(value, Member) and (
        _same(walk, base, where, value.base, frame)
        or may_be_self(walk, base, where, value.base, frame)
    ):
        return True
    modules = {e.path for e in walk.follow(base, where) if isinstance(e, Defined) and not e.symbol}
    return bool(modules) and _home(walk, value, frame) in modules


def _home(walk: Walk, value: Expression, frame: Frame) -> str | None:
    """Give the module that a bare name is read from: its own file, or the one it imports."""
    facts = walk.file(frame.path)
    if facts is None or not isinstance(value, Name):
        return None
    found = lookup(facts, frame.symbol, value.name, None)
    if isinstance(found, FromImport):
        return None  # a name that was imported keeps the value that it had by then
    return frame.path


def _same(walk: Walk, one: Expression, there: Frame, other: Expression, here: Frame) -> bool:
    ends, others = walk.follow(one, there), walk.follow(other, here)
    made = {(e.frame.path, e.expression.at) for e in ends if isinstance(e, Found)}
    named = {(e.path, e.symbol) for e in ends if isinstance(e, Defined)}
    return any(
        (isinstance(e, Found) and (e.frame.path, e.expression.at) in made)
        or (isinstance(e, Defined) and (e.path, e.symbol) in named)
        for e in others
    )


def _path(binding: Binding, path: str) -> Expression:
    """Write a dotted path as the expression that stands where the binding does."""
    at = replace(binding.at, end=binding.at.start)
    head, *rest = path.split(".")
    expression: Expression = Name(at, head)
    for each in rest:
        # Each part has a length of its own, so that the walk tells them apart.
        at = replace(at, end=at.end + 1)
        expression = Member(at, expression, each)
    return expression
