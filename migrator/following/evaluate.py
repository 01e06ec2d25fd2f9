"""Work out what an expression is when one text of the project is taken to be in play."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

from migrator.domain.expression import (
    Call,
    Choice,
    ChoiceKind,
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
from migrator.domain.facts import Binding
from migrator.domain.trail import Defined, Found, Frame
from migrator.following.called import evaluate_call
from migrator.following.containers import container, united
from migrator.following.enums import members_of
from migrator.following.filtering import value_of
from migrator.following.outcomes import (
    UNKNOWN,
    Assumed,
    Entries,
    Evaluated,
    Many,
    Written,
    agreed,
    compare,
    known,
)
from migrator.following.scopes import FromBindings, lookup

MOST_STEPS = 24


@dataclass
class Evaluator:
    """Evaluates expressions in one assumed world; gives up beyond `MOST_STEPS` nested steps.

    `bound` holds the values of loop variables that stand for one item at a time.
    """

    world: Assumed
    bound: Mapping[str, Evaluated] = field(default_factory=dict)
    depth: int = 0

    def evaluate(self, expression: Expression, frame: Frame) -> Evaluated:
        """Give the value of an expression, or say that it cannot be known."""
        if isinstance(expression, Text):
            return self._step(expression, frame)
        at = expression.at
        key = (frame.path, at.start, at.end, type(expression), frame)
        if not self.bound and key in self.world.values:
            return self.world.values[key]
        if self.depth > MOST_STEPS or not self.world.spend():
            return UNKNOWN
        self.depth += 1
        try:
            found = self._step(expression, frame)
        finally:
            self.depth -= 1
        if not self.bound:
            self.world.values[key] = found
        return found

    def truth(self, test: Expression, frame: Frame) -> Evaluated:
        """Give whether a test holds; one operand may decide where another is unknown."""
        match test:
            case Opaque(what="not", inner=(operand,)):
                found = self.truth(operand, frame)
                return replace(found, value=not found.value) if found.known else found
            case Opaque(what="and", inner=operands):
                return self._all(operands, frame, wanted=True)
            case Choice(kind=ChoiceKind.FALLBACK, options=operands):
                return self._all(operands, frame, wanted=False)
            case _:
                return _truth(self.evaluate(test, frame))

    def _all(self, operands: Iterable[Expression], frame: Frame, *, wanted: bool) -> Evaluated:
        ours, unsure = False, False
        for operand in operands:
            found = self.truth(operand, frame)
            ours = ours or found.ours
            if found.known and found.value is not wanted:
                return known(not wanted, ours=ours)
            unsure = unsure or not found.known
        return Evaluated(wanted, known=not unsure, ours=ours)

    def _step(self, expression: Expression, frame: Frame) -> Evaluated:
        match expression:
            case Text():
                return self._text(expression, frame)
            case Scalar(value=value):
                return known(value)
            case Name(name=name) if name in self.bound:
                return self._looked_into(self.bound[name])
            case Name():
                found = self._followed(expression, frame)
                return found if found.known else self._assigned(expression, frame) or found
            case Member(base=Name(name=name)) if name in self.bound:
                return self._of_object(self.bound[name], expression)
            case Member(base=base, name="_value2member_map_"):
                return self.evaluate(base, frame)
            case Member():
                return self._followed(expression, frame)
            case Item():
                return self._item(expression, frame)
            case Call():
                return evaluate_call(self, expression, frame)
            case _:
                return self._compound(expression, frame)

    def _compound(
        self,
        expression: Comparison | Choice | Series | Table | Spread | Join | Opaque,
        frame: Frame,
    ) -> Evaluated:
        match expression:
            case Comparison(left=left, operator=operator, right=right):
                return compare(self.evaluate(left, frame), operator, self.evaluate(right, frame))
            case Choice():
                return self._choice(expression, frame)
            case Series() | Table():
                return container(self, expression, frame)
            case Spread(value=value):
                return self.evaluate(value, frame)
            case Join(parts=parts):
                return self._joined(parts, frame)
            case Opaque():
                return self._opaque(expression, frame)
            case _:
                assert_never(expression)

    def _text(self, expression: Text, frame: Frame) -> Evaluated:
        """Read a text as it is in this world."""
        ends = self.world.follow(expression, frame)
        read = [
            e.expression.value
            for e in ends
            if isinstance(e, Found) and isinstance(e.expression, Text)
        ]
        return known(read[0], ours=self.world.assumes(expression, frame)) if read else UNKNOWN

    def _followed(self, expression: Expression, frame: Frame) -> Evaluated:
        found: list[Evaluated] = []
        for end in self.world.follow(expression, frame):
            if isinstance(end, Found) and end.expression != expression:
                found.append(self.evaluate(end.expression, end.frame))
            else:
                found.append(self._members(end) if isinstance(end, Defined) else UNKNOWN)
        return agreed(found)

    def _looked_into(self, found: Evaluated) -> Evaluated:
        """Give what an expression gives that was not looked into; an object stays as it is."""
        if not isinstance(found.value, Written):
            return found
        outer, self.bound = self.bound, {}
        value = self.evaluate(found.value.expression, found.value.frame)
        self.bound = outer
        return replace(value, ours=value.ours or found.ours)

    def _of_object(self, found: Evaluated, member: Member) -> Evaluated:
        """Give an attribute of an object that a variable stands for."""
        made = self._looked_into(found).value
        if isinstance(made, str) and member.name == "value":
            return found  # of an enum, whose members are read as their texts
        if not isinstance(made, Written):
            return UNKNOWN
        outer, self.bound = self.bound, {}
        # It stands where the object is made: the walk tells values by their place and name.
        of_object = Member(made.expression.at, made.expression, member.name)
        value = self._followed(of_object, made.frame)
        self.bound = outer
        return value

    def _members(self, end: Defined) -> Evaluated:
        """Give the values of an enum, in which a member is looked for as in a series."""
        values = members_of(self.world, end.path, end.symbol)
        if values is None:
            return UNKNOWN
        inside = Frame(end.path, end.symbol)
        found = tuple(self.evaluate(each, inside) for each in values)
        return known(Many(found, complete=all(each.known for each in found)))

    def _assigned(self, name: Name, frame: Frame) -> Evaluated | None:
        """Evaluate what a name is given by its only assignment: `found = table.get(key)`."""
        facts = self.world.file(frame.path)
        found = lookup(facts, frame.symbol, name.name, name.at.start) if facts else None
        if not isinstance(found, FromBindings) or found.scope.symbol != frame.symbol:
            return None
        match found.bindings:
            case (
                Binding(
                    value=Call() | Item() | Choice() | Opaque() as value, how="assignment", key=""
                ),
            ):
                return self.evaluate(value, frame)
            case _:
                return None

    def _item(self, expression: Item, frame: Frame) -> Evaluated:
        base = self.evaluate(expression.base, frame)
        key = self.evaluate(expression.key, frame)
        if key.known and isinstance(base.value, Entries):
            entry = base.value.get(key.value)
            if entry is not None:
                found = self.evaluate(entry[0], entry[1])
                return replace(found, ours=found.ours or key.ours)
        if key.known and isinstance(base.value, Many) and isinstance(key.value, int):
            item = base.value.at(key.value)
            if item is not None:
                return replace(item, ours=item.ours or key.ours or base.ours)
        return replace(UNKNOWN, ours=key.ours or base.ours)

    def _choice(self, expression: Choice, frame: Frame) -> Evaluated:
        if expression.test is not None:
            test = self.truth(expression.test, frame)
            if test.known:
                option = expression.options[0 if test.value else 1]
                found = self.evaluate(option, frame)
                return replace(found, ours=found.ours or test.ours)
            options = agreed([self.evaluate(each, frame) for each in expression.options])
            return replace(options, ours=options.ours or test.ours)
        ours = False
        for option in expression.options:
            found = self.evaluate(option, frame)
            ours = ours or found.ours
            if not found.known or _holds(found.value) or option is expression.options[-1]:
                return replace(found, ours=ours)
        return UNKNOWN

    def _joined(self, parts: Iterable[Expression], frame: Frame) -> Evaluated:
        found = [self.evaluate(each, frame) for each in parts]
        ours = any(each.ours for each in found)
        if all(each.known and isinstance(each.value, str | int) for each in found):
            return known("".join(str(each.value) for each in found), ours=ours)
        return replace(UNKNOWN, ours=ours)

    def _opaque(self, expression: Opaque, frame: Frame) -> Evaluated:
        match expression:
            case Opaque(what="not" | "and"):
                return self.truth(expression, frame)
            case Opaque(what="comprehension"):
                return value_of(self, expression, frame)
            case Opaque(what="sum" | "bitor", inner=inner):
                return united([self.evaluate(each, frame) for each in inner])
            case _:
                return UNKNOWN


def _truth(found: Evaluated) -> Evaluated:
    if not found.known:
        return found
    match found.value:
        case Many(items=(), complete=False) | Written():
            return replace(UNKNOWN, ours=found.ours)
        case Entries(table=table, complete=False) if not table:
            return replace(UNKNOWN, ours=found.ours)
        case _:
            return replace(found, value=_holds(found.value))


def _holds(value: object) -> bool:
    match value:
        case Many(items=items):
            return bool(items)
        case Entries(table=table):
            return bool(table)
        case _:
            return bool(value)
