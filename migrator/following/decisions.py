"""Tell whether a test holds for the very call that entered its function, by what it passes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from migrator.domain.expression import (
    Call,
    Choice,
    ChoiceKind,
    Comparison,
    Expression,
    Member,
    Name,
    Opaque,
    Scalar,
    Series,
    Spread,
    Text,
    dotted,
)
from migrator.domain.facts import Scope
from migrator.domain.trail import Confidence, Entered, Found, Frame, Hop, HopKind
from migrator.following.port import Walk

Plain: TypeAlias = str | int | float | bool | None

_EQUAL = {"==": True, "is": True, "!=": False, "is not": False}
_GIVEN = frozenset({HopKind.ARGUMENT, HopKind.DEFAULT_PARAMETER})
_KEPT = frozenset({HopKind.ASSIGNMENT, HopKind.IMPORT, HopKind.FIELD, HopKind.TRANSFORM})


@dataclass(frozen=True, slots=True)
class _Value:
    """A value that a call passes (`given`), or that is written where the test stands.

    `declared` tells a member of a class, such as an enum's, from the text that it holds.
    """

    value: Plain
    given: bool
    declared: bool = False


@dataclass(frozen=True, slots=True)
class Decisions:
    """Decides tests of a `function` in the frame that a known call entered it with.

    `changing` maps names that a loop may bind again to the last byte where one is.
    """

    walk: Walk
    frame: Frame
    function: Scope
    changing: Mapping[str, int]

    def holds(self, test: Expression) -> bool | None:
        """Tell whether a test holds; None where more than the call decides."""
        match test:
            case Opaque(what="not", inner=(operand,)):
                found = self.holds(operand)
                return None if found is None else not found
            case Opaque(what="and", inner=operands):
                return self._all(operands, wanted=True)
            case Choice(kind=ChoiceKind.FALLBACK, options=operands):
                return self._all(operands, wanted=False)
            case Comparison(left=left, operator="in" | "not in" as word, right=Series(items=items)):
                found = self._among(left, items)
                return None if found is None else found is (word == "in")
            case Comparison(left=left, operator=operator, right=right):
                return self._compared(left, operator, right)
            case Name() if self._concerns(test):
                value = self._value(test)
                return bool(value.value) if value and value.given else None
            case _:
                return None

    def _all(self, operands: Iterable[Expression], *, wanted: bool) -> bool | None:
        sure = True
        for each in operands:
            found = self.holds(each)
            if found is not None and found is not wanted:
                return not wanted
            sure = sure and found is not None
        return wanted if sure else None

    def _compared(self, left: Expression, operator: str, right: Expression) -> bool | None:
        asked = (self._concerns(left) and self._is_fixed(right)) or (
            self._concerns(right) and self._is_fixed(left)
        )
        if operator not in _EQUAL or not asked:
            return None
        first, second = self._value(left), self._value(right)
        if first is None or second is None or not (first.given or second.given):
            return None
        if first.declared != second.declared and None not in {first.value, second.value}:
            return None
        return (first.value == second.value) is _EQUAL[operator]

    def _concerns(self, expression: Expression) -> bool:
        """Whether a call may decide what an expression is: no other is worth following."""
        match expression:
            case Name(name=name):
                return self._is_own(name)
            case Member(base=Name(name=name)):
                return name in {each.name for each in self.function.parameters[:1]}
            case Call(callee=Member(base=base), positional=(), keywords=()):
                return self._concerns(base)
            case _:
                return False

    def _is_fixed(self, expression: Expression) -> bool:
        """Whether an expression is the same for all calls: a literal, or a name from outside."""
        root = (dotted(expression) or "").partition(".")[0]
        return isinstance(expression, Text | Scalar) or (root != "" and not self._is_own(root))

    def _is_own(self, name: str) -> bool:
        given = (each.name for each in self.function.parameters)
        return name in given or any(each.name == name for each in self.function.bindings)

    def _among(self, left: Expression, items: Iterable[Expression]) -> bool | None:
        found = [self._compared(left, "==", each) for each in items]
        if any(found):
            return True
        return False if found and all(each is False for each in found) else None

    def _value(self, expression: Expression) -> _Value | None:
        match expression:
            case Text(value=value) | Scalar(value=value):
                return _Value(value, given=False)
            case Name(name=name) if self.changing.get(name, -1) > expression.at.start:
                return None
            case _:
                pass
        match self.walk.follow(expression, self.frame):
            case (Found(expression=Text(value=value) | Scalar(value=value), hops=hops),):
                return _Value(value, _is_given(hops), _is_declared(hops)) if _sure(hops) else None
            case _:
                return None


def entered_by(frame: Frame) -> Entered | None:
    """Give the call that entered the function of a frame, if all that it passes can be seen."""
    key = (frame.path, frame.symbol)
    known = next((each for each in frame.callers if (each.path, each.symbol) == key), None)
    if known is None or any(each.name is None for each in known.call.keywords):
        return None
    splats = any(isinstance(each, Spread) for each in known.call.positional)
    return None if splats else known


def _sure(hops: tuple[Hop, ...]) -> bool:
    """Whether a value comes straight from the call: no other way could have changed it."""
    kinds = [each.kind for each in hops]
    if any(each.confidence is not Confidence.CERTAIN for each in hops):
        return False
    defaults = HopKind.DEFAULT_PARAMETER in kinds
    if defaults and (HopKind.FIELD in kinds or HopKind.ARGUMENT in kinds):
        return False  # whether another call passes it is not in view here
    return all(each in _GIVEN or each in _KEPT for each in kinds)


def _is_given(hops: tuple[Hop, ...]) -> bool:
    return any(each.kind in _GIVEN for each in hops)


def _is_declared(hops: tuple[Hop, ...]) -> bool:
    kinds = [each.kind for each in hops]
    before = next((index for index, kind in enumerate(kinds) if kind in _GIVEN), len(kinds))
    return HopKind.FIELD in kinds[:before]
