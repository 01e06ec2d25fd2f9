"""Find which of the definitions in question an expression carries to where it is used."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from migrator.domain.expression import (
    Call,
    Choice,
    Comparison,
    Expression,
    Item,
    Join,
    Member,
    Name,
    Opaque,
    Scalar,
    Series,
    Spread,
    Table,
    Text,
    dotted,
)
from migrator.domain.source import Place
from migrator.domain.trail import Defined, Found, Frame, Trail
from migrator.following.classes import class_member
from migrator.following.port import Walk
from migrator.following.scopes import FromParameter, lookup, owner_class

MOST_STEPS = 4
_SPACE = re.compile(r"\s")
# What these give back holds what they were given.
_HOLDS = frozenset(
    {"dict", "list", "tuple", "set", "str", "cast", "copy", "deepcopy", "dumps", "SecretStr"}
    | {"strip", "lower", "split", "format", "getenv", "get", "field", "Field", "encode"}
    | {"Path", "PurePath", "joinpath"}
)


_JOINS = "path.join"


@dataclass
class Origins:
    """Tells which of `places` an expression may hold, each expression once.

    `made` are the calls that make an object of such a text, by path and byte: whoever gets the
    object gets the text.
    """

    walk: Walk
    places: frozenset[Place]
    made: Mapping[tuple[str, int], frozenset[Place]] = field(default_factory=dict)
    known: dict[tuple[int, int, type, int, Frame], frozenset[Place]] = field(default_factory=dict)

    def of(self, expression: Expression, frame: Frame, steps: int = MOST_STEPS) -> frozenset[Place]:
        """Give the places of the texts that an expression holds, whole or inside a table.

        A sentence that names the id carries it nowhere; a text put together without a space may.
        """
        at = expression.at
        key = (at.start, at.end, type(expression), steps, frame)
        if key not in self.known:
            self.known[key] = frozenset()
            self.known[key] = frozenset().union(*self._held(expression, frame, steps))
        return self.known[key]

    def _held(self, expression: Expression, frame: Frame, steps: int) -> Iterator[frozenset[Place]]:
        match expression:
            case Text(at=at):
                yield self.places & {at.within(frame.path)}
            case Scalar() | Comparison():
                return
            case Name() | Member() | Item() | Call():
                if isinstance(expression, Call):
                    yield self.made.get((frame.path, expression.at.start), frozenset())
                yield from self._ends(expression, frame, steps)
                if not self._is_look_up(expression, frame):
                    yield from (self.of(each, frame, steps) for each in _passed_on(expression))
            case _:
                yield from (self.of(each, frame, steps) for each in _parts(expression))

    def _is_look_up(self, expression: Expression, frame: Frame) -> bool:
        """Whether `table.get(key)` gives an entry in view: then it holds nothing of the others."""
        match expression:
            case Call(callee=Member(name="get")):
                ends = self.walk.follow(expression, frame)
                return not any(
                    isinstance(end, Found) and end.expression == expression for end in ends
                )
            case _:
                return False

    def _ends(self, expression: Expression, frame: Frame, steps: int) -> Iterator[frozenset[Place]]:
        if steps == 0:
            return
        ends = self.walk.follow(expression, frame)
        if isinstance(expression, Member) and not any(isinstance(end, Found) for end in ends):
            ends = _by_annotation(self.walk, expression, frame)
        for end in ends:
            if isinstance(end, Found) and end.expression is not expression:
                yield self.of(end.expression, end.frame, steps - 1)


def _by_annotation(walk: Walk, member: Member, frame: Frame) -> tuple[Trail, ...]:
    """Follow `settings.model`, or `self.settings.model`, by the class that a parameter is of."""
    at = member.at.within(frame.path)
    trails: tuple[Trail, ...] = ()
    for annotation, outer in _annotations(walk, member.base, frame):
        for end in walk.follow(annotation, outer):
            if isinstance(end, Defined):
                trails += class_member(walk, end.path, end.symbol, member.name, at)
    return trails


def _annotations(walk: Walk, base: Expression, frame: Frame) -> Iterator[tuple[Expression, Frame]]:
    facts = walk.file(frame.path)
    if facts is None:
        return
    match base:
        case Name(name=name):
            found = lookup(facts, frame.symbol, name, None)
            if isinstance(found, FromParameter) and found.parameter.annotation:
                yield found.parameter.annotation, Frame(frame.path, found.scope.parent or "")
        case Member(base=Name(name="self"), name=name):
            owner = owner_class(facts, frame.symbol)
            for scope in facts.scopes.values() if owner else ():
                if owner and scope.parent == owner.symbol:
                    for binding in scope.bindings:
                        if binding.name == f"self.{name}" and isinstance(binding.value, Name):
                            inside = Frame(frame.path, scope.symbol)
                            yield from _annotations(walk, binding.value, inside)
        case _:
            return


def _parts(
    expression: Join | Table | Spread | Choice | Series | Opaque,
) -> Iterator[Expression]:
    match expression:
        case Join(parts=parts):
            if not any(isinstance(each, Text) and _SPACE.search(each.value) for each in parts):
                yield from parts
        case Table(entries=entries):
            for entry in entries:
                yield entry.value
                if entry.key is not None:
                    yield entry.key
        case Spread(value=value):
            yield value
        case Choice(options=parts) | Series(items=parts) | Opaque(inner=parts):
            yield from parts


def _passed_on(call: Expression) -> Iterator[Expression]:
    if not isinstance(call, Call):
        return
    name = call.callee.name if isinstance(call.callee, Name | Member) else ""
    if name in _HOLDS or (dotted(call.callee) or "").endswith(_JOINS):
        yield from call.positional
        yield from (each.value for each in call.keywords)
        if isinstance(call.callee, Member):
            yield call.callee.base
