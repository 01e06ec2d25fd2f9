"""Find the code that an id can reach and that may decide by it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
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
from migrator.domain.source import Place
from migrator.domain.trail import Found, Frame
from migrator.following.port import Walk

MOST_STEPS = 5
_TEST_TOOLS = frozenset({"pytest", "unittest"})
_ASKING_METHODS = frozenset({"get", "index", "encoding_for_model"})

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
    for facts in sorted(files, key=lambda each: each.path):
        if _is_test(facts):
            continue
        for code, asked in _deciding(facts):
            frame = Frame(facts.path, code.scope)
            for place in places.intersection(_origins(walk, asked, frame, MOST_STEPS)):
                found.setdefault(place, []).append(Candidate(code, frame))
    return {place: tuple(each) for place, each in found.items()}


def _is_test(facts: FileFacts) -> bool:
    *folders, name = facts.path.split("/")
    named = name.startswith(("test_", "conftest.")) or name.endswith("_test.py")
    tools = any(each.module.partition(".")[0] in _TEST_TOOLS for each in facts.imports)
    return named or tools or "tests" in folders


def _deciding(facts: FileFacts) -> Iterator[tuple[Deciding, Expression]]:
    """Yield what may decide by a text, with the expression that would hold the text."""
    for look_up in facts.lookups:
        yield look_up, look_up.item.key
    for guard in facts.guards:
        yield guard, guard.test
    for invocation in facts.invocations:
        asked = _asked(invocation.call)
        if asked is not None:
            yield invocation, asked


def _asked(call: Call) -> Expression | None:
    """Give the argument of a look-up, of a tokenizer's choice, or of what may make an enum."""
    name = call.callee.name if isinstance(call.callee, Name | Member) else ""
    if name == "encoding_for_model":
        return _argument(call, "model_name")
    if not call.positional:
        return None
    if name in _ASKING_METHODS and isinstance(call.callee, Member):
        return call.positional[0]
    makes_enum = name[:1].isupper() and len(call.positional) == 1 and not call.keywords
    return call.positional[0] if makes_enum else None


def _argument(call: Call, name: str) -> Expression | None:
    named = (each.value for each in call.keywords if each.name == name)
    return next(iter(call.positional), next(named, None))


def _origins(walk: Walk, expression: Expression, frame: Frame, steps: int) -> Iterator[Place]:
    """Yield the places of the texts that an expression is made of."""
    match expression:
        case Text(at=at):
            yield at.within(frame.path)
        case Name() | Member():
            yield from _followed(walk, expression, frame, steps)
        case Item(key=key):
            yield from _followed(walk, expression, frame, steps)
            yield from _origins(walk, key, frame, steps)
        case Scalar() | Table():
            pass
        case _:
            for part in _parts(expression):
                yield from _origins(walk, part, frame, steps)


def _followed(walk: Walk, expression: Expression, frame: Frame, steps: int) -> Iterator[Place]:
    for end in walk.follow(expression, frame):
        if not isinstance(end, Found):
            continue
        if isinstance(end.expression, Text):
            yield end.expression.at.within(end.frame.path)
        elif steps > 0 and not isinstance(end.expression, Series):
            yield from _origins(walk, end.expression, end.frame, steps - 1)


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
