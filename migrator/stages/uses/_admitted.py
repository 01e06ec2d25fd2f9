"""Find what is said beside a definition of the ids that it may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from migrator.domain.expression import Call, Expression, Item, Member, Name, Opaque, Series, Text
from migrator.domain.facts import Binding, FileFacts, Parameter, Scope, ScopeKind
from migrator.domain.other_use import OtherUse, UseKind
from migrator.domain.parts import everything
from migrator.domain.source import Place
from migrator.domain.trail import Frame
from migrator.following.definitions import definition_of
from migrator.following.port import Walk
from migrator.following.scopes import FromBindings, FromImport, lookup
from migrator.stages.uses._constraints import constraints
from migrator.stages.uses._enumerated import enumerated, named_in
from migrator.stages.uses._validators import is_evaluated

_VALIDATORS = frozenset({"field_validator", "validator", "validates", "root_validator"})
_AFTERWARDS = frozenset({"__post_init__", "__attrs_post_init__", "model_post_init"})
# `pydantic_ai.models.KnownModelName` and the types of openai-python: a class that checks its fields
# refuses what the installed version does not list.
_LISTING = frozenset({"KnownModelName", "ChatModel", "ResponsesModel", "AllModels"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A literal with the places and names that it is given on its way to calls."""

    place: Place
    text: str
    prefix: str
    hops: frozenset[tuple[Place, str]]


def admissions(
    walk: Walk, files: Sequence[FileFacts], definition: Definition, target: str
) -> Iterator[OtherUse]:
    """Yield what would turn the target away where the id is defined, or has to be asked."""
    new = f"{definition.prefix}{target}"
    places = {place for place, _ in definition.hops}
    for path in sorted({place.path for place in places}):
        facts = walk.file(path)
        for scope in facts.scopes.values() if facts else ():
            named: tuple[Binding | Parameter, ...] = (*scope.bindings, *scope.parameters)
            for each in named:
                if facts and each.at.within(path) in places:
                    yield from _typed(walk, facts, scope, each, new)
                    yield from _validated(facts, scope, each, new)
                    yield from enumerated(walk, files, facts, scope)
    home = walk.file(definition.place.path)
    in_document = home is not None and home.document is not None
    for facts, scope, field in _fields(walk, definition):
        if field.at.within(facts.path) not in places:
            yield from _typed(walk, facts, scope, field, new)
            yield from _validated(facts, scope, field, new)
            if in_document:
                yield from _checked(facts, scope, field)


def _fields(walk: Walk, definition: Definition) -> Iterator[tuple[FileFacts, Scope, Binding]]:
    """Give the declaration of each field that an object is made with the id in, on its way."""
    for place, name in definition.hops:
        facts = walk.file(place.path)
        for invocation in facts.invocations if facts else ():
            if invocation.call.at.within(place.path) != place:
                continue
            for end in walk.follow(invocation.call.callee, Frame(place.path, invocation.scope)):
                found = definition_of(walk, end)
                for binding in found[1].bindings if found else ():
                    if found and found[1].kind is ScopeKind.CLASS and binding.name == name:
                        yield found[0], found[1], binding


def _typed(
    walk: Walk, facts: FileFacts, scope: Scope, each: Binding | Parameter, new: str
) -> Iterator[OtherUse]:
    if each.annotation is None:
        return
    at = each.annotation.at.within(facts.path)
    admitted = set(_literals(walk, each.annotation, Frame(facts.path, scope.symbol), 3))
    if admitted and new not in admitted:
        yield OtherUse(at=at, kind=UseKind.TYPED, written=each.name, refuses=True)
    checked = scope.kind is ScopeKind.CLASS and scope.bases
    if not admitted and checked and _is_listed_elsewhere(each.annotation):
        yield OtherUse(at=at, kind=UseKind.VALIDATED, written=each.name)


def _is_listed_elsewhere(annotation: Expression) -> bool:
    """Tell whether a type lists the ids that a version of a library knows, and no other text."""
    names = {each.name for each in named_in(annotation)}
    return bool(names & _LISTING) and "str" not in names


def _literals(walk: Walk, annotation: Expression, frame: Frame, steps: int) -> Iterator[str]:
    """Give the texts of `Literal[…]` in an annotation, by the name of an alias too."""
    match annotation:
        case Item(base=Name(name="Literal") | Member(name="Literal"), key=key):
            items = key.items if isinstance(key, Series) else (key,)
            yield from (each.value for each in items if isinstance(each, Text))
        case Item(key=key):
            yield from _literals(walk, key, frame, steps)
        case Series(items=parts) | Opaque(inner=parts):
            for each in parts:
                yield from _literals(walk, each, frame, steps)
        case Name(name=name) if steps:
            for value, where in _alias(walk, name, frame):
                yield from _literals(walk, value, where, steps - 1)
        case _:
            return


def _alias(walk: Walk, name: str, frame: Frame) -> Iterator[tuple[Expression, Frame]]:
    facts = walk.file(frame.path)
    found = lookup(facts, frame.symbol, name, None) if facts else None
    match found:
        case FromBindings(scope=scope, bindings=bindings):
            for each in bindings:
                if each.value is not None:
                    yield each.value, Frame(frame.path, scope.symbol)
        case FromImport(imported=imported) if imported.symbol:
            path = walk.source.module(imported.module, frame.path)
            if path and path != frame.path:
                yield from _alias(walk, imported.symbol, Frame(path, ""))
        case _:
            return


def _validated(
    facts: FileFacts, scope: Scope, each: Binding | Parameter, new: str
) -> Iterator[OtherUse]:
    """Yield the validators of a field that no gate evaluates, and a pattern that it fails."""
    if scope.kind is not ScopeKind.CLASS:
        return
    value = each.value if isinstance(each, Binding) else each.default
    for where, refuses in constraints(each.annotation, value, new):
        kind = UseKind.TYPED if refuses else UseKind.VALIDATED
        yield OtherUse(at=where.within(facts.path), kind=kind, written=each.name, refuses=refuses)
    for method in facts.scopes.values():
        if method.parent != scope.symbol:
            continue
        for decorator in method.decorators:
            validates = isinstance(decorator, Call) and _validates(decorator, each.name)
            if validates and not is_evaluated(facts, method):
                at = decorator.at.within(facts.path)
                yield OtherUse(at=at, kind=UseKind.VALIDATED, written=each.name)


def _checked(facts: FileFacts, scope: Scope, field: Binding) -> Iterator[OtherUse]:
    """Yield a test of a field, right after its object was made, of a value that a file gives."""
    for guard in facts.guards:
        head, _, method = guard.scope.rpartition(".")
        if head == scope.symbol and method in _AFTERWARDS:
            read = {each.name for each in everything(guard.test) if isinstance(each, Member)}
            if field.name in read:
                at = guard.test.at.within(facts.path)
                yield OtherUse(at=at, kind=UseKind.VALIDATED, written=field.name)


def _validates(decorator: Call, name: str) -> bool:
    callee = decorator.callee
    called = callee.name if isinstance(callee, Name | Member) else ""
    named = {each.value for each in decorator.positional if isinstance(each, Text)}
    return called in _VALIDATORS and bool(named & {name, "*"})
