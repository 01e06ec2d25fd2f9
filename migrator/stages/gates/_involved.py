"""Find the code that an id can reach and that may decide by it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

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
)
from migrator.domain.facts import FileFacts, Guard, Invocation, LookUp
from migrator.domain.roles import is_test_file
from migrator.domain.source import Place
from migrator.domain.trail import Found, Frame
from migrator.following.filtering import conditions_of
from migrator.following.port import Walk
from migrator.following.scopes import FromBindings, lookup

MOST_STEPS = 3
_BLIND = frozenset({"isinstance", "issubclass", "hasattr", "callable", "len"})
_PICKING = frozenset({"next", "list", "tuple", "set", "sorted", "iter"})
_ASKING_METHODS = frozenset({"get", "index", "pop", "__getitem__", "encoding_for_model"})
_MATCHERS = frozenset({"match", "search", "fullmatch"})

Deciding: TypeAlias = LookUp | Guard | Invocation


@dataclass(frozen=True, slots=True)
class Candidate:
    """A piece of code that may decide by an id, with the frame it stands in."""

    code: Deciding
    frame: Frame


def candidates_by_place(
    walk: Walk, files: Iterable[FileFacts], places: set[Place]
) -> Mapping[Place, tuple[Candidate, ...]]:
    """Map each reference's place to the code that its text can reach, in the order of the files."""
    found: dict[Place, list[Candidate]] = {}
    if not places:
        return {}
    origins = Origins(walk)
    for facts in sorted(files, key=lambda each: each.path):
        if is_test_file(facts):
            continue
        for code, asked in _deciding(facts):
            frame = Frame(facts.path, code.scope)
            for place in places.intersection(origins.of(asked, frame, MOST_STEPS)):
                found.setdefault(place, []).append(Candidate(code, frame))
    return {place: tuple(each) for place, each in found.items()}


def _deciding(facts: FileFacts) -> Iterator[tuple[Deciding, Expression]]:
    """Yield what may decide by a text, with the expression that would hold the text."""
    for look_up in facts.lookups:
        yield look_up, look_up.item.key
    for guard in facts.guards:
        if _hangs_on_text(guard.test):
            yield guard, guard.test
    for invocation in facts.invocations:
        asked = _asked(invocation.call) or _picked(facts, invocation.call)
        if asked is not None:
            yield invocation, asked


def _hangs_on_text(test: Expression) -> bool:
    """Whether a test may tell two ids apart: not one for a number, an order or a type."""
    match test:
        case Comparison(operator="is" | "is not", left=left, right=Scalar(value=None)):
            return isinstance(left, Name | Call)  # what a look-up gives where it finds nothing
        case Comparison(left=Call(callee=Name(name="len")), right=Scalar()):
            return True  # how many were found
        case Comparison(operator="==" | "!=" | "in" | "not in", left=left, right=right):
            return not isinstance(left, Scalar) and not isinstance(right, Scalar)
        case Call(callee=Name(name=name)):
            return name not in _BLIND
        case Opaque(inner=parts) | Choice(options=parts):
            return any(_hangs_on_text(each) for each in parts)
        case _:
            return isinstance(test, Name | Member | Call | Item)


def _asked(call: Call) -> Expression | None:
    """Give the argument of a look-up, of a tokenizer's choice, or of what may make an enum."""
    name = call.callee.name if isinstance(call.callee, Name | Member) else ""
    if name == "encoding_for_model":
        return _argument(call, "model_name")
    if not call.positional:
        return None
    if name in _MATCHERS:
        return call.positional[-1]
    if name in _ASKING_METHODS and isinstance(call.callee, Member):
        return call.positional[0]
    makes_enum = name[:1].isupper() and len(call.positional) == 1 and not call.keywords
    return call.positional[0] if makes_enum else None


def _picked(facts: FileFacts, choice: Expression) -> Expression | None:
    """Give the conditions of what picks from many: a comprehension, `filter`, or one around it."""
    match choice:
        case Call(callee=Name(name="filter"), positional=(Opaque(what="lambda", inner=(body,)), _)):
            return body
        case Call(callee=Name(name=name), positional=(first, *_)) if name in _PICKING:
            return _picked(facts, first)
        case Opaque(what="comprehension"):
            tests = tuple(each.test for each in conditions_of(facts, choice))
            return Opaque(choice.at, "and", tests) if tests else None
        case _:
            return None


def _argument(call: Call, name: str) -> Expression | None:
    named = (each.value for each in call.keywords if each.name == name)
    return next(iter(call.positional), next(named, None))


@dataclass
class Origins:
    """Finds the texts that expressions are made of, each expression once for each step count."""

    walk: Walk
    known: dict[tuple[str, int, int, int, Frame], frozenset[Place]] = field(default_factory=dict)

    def of(self, expression: Expression, frame: Frame, steps: int) -> frozenset[Place]:
        """Give the places of all texts that an expression may be made of."""
        match expression:
            case Text(at=at):
                return frozenset({at.within(frame.path)})
            case Scalar() | Table():
                return frozenset()
            case Name() | Member():
                return self._followed(expression, frame, steps)
            case Item(key=key):
                return self._followed(expression, frame, steps) | self.of(key, frame, steps)
            case _:
                found = (self.of(part, frame, steps) for part in _parts(expression))
                return frozenset().union(*found)

    def _followed(self, expression: Expression, frame: Frame, steps: int) -> frozenset[Place]:
        at = expression.at
        key = (frame.path, at.start, at.end, steps, frame)
        if key not in self.known:
            self.known[key] = frozenset()
            self.known[key] = frozenset().union(*self._ends(expression, frame, steps))
        return self.known[key]

    def _ends(self, expression: Expression, frame: Frame, steps: int) -> Iterator[frozenset[Place]]:
        if isinstance(expression, Name) and steps:
            yield from self._looked_up(expression, frame, steps)
        for end in self.walk.follow(expression, frame):
            match end:
                case Found(expression=Text(at=at), frame=inside):
                    yield frozenset({at.within(inside.path)})
                case Found(expression=found, frame=inside) if steps and not isinstance(
                    found, Series
                ):
                    yield self.of(found, inside, steps - 1)
                case _:
                    pass

    def _looked_up(self, name: Name, frame: Frame, steps: int) -> Iterator[frozenset[Place]]:
        """Give the texts by which the value of a name was looked up: `found = table.get(key)`."""
        facts = self.walk.file(frame.path)
        found = lookup(facts, frame.symbol, name.name, name.at.start) if facts else None
        if facts is None or not isinstance(found, FromBindings):
            return
        for each in found.bindings if found.scope.symbol == frame.symbol else ():
            match each.value:
                case Item(key=key):
                    yield self.of(key, frame, steps - 1)
                case Call(callee=Member(name="get"), positional=(key, *_)):
                    yield self.of(key, frame, steps - 1)
                case Call() | Opaque() as made if (tests := _picked(facts, made)) is not None:
                    yield self.of(tests, frame, steps - 1)
                case _:
                    pass


def _parts(
    expression: Call | Join | Choice | Series | Spread | Comparison | Opaque,
) -> tuple[Expression, ...]:
    match expression:
        case Call(callee=callee, positional=positional, keywords=keywords):
            base = (callee.base,) if isinstance(callee, Member) else ()
            return (*base, *positional, *(each.value for each in keywords))
        case Comparison(left=left, right=right):
            return left, right
        case Spread(value=value):
            return (value,)
        case Join(parts=parts) | Choice(options=parts) | Series(items=parts) | Opaque(inner=parts):
            test = expression.test if isinstance(expression, Choice) else None
            return parts if test is None else (*parts, test)
