"""Read what a call sends: the values a setting may have, and what stays unread."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from migrator.domain.expression import (
    Call,
    Expression,
    Join,
    Scalar,
    Series,
    Table,
    Text,
    dotted,
)
from migrator.domain.site import BoundCall, Setting, SettingState
from migrator.domain.trail import Found, HopKind
from migrator.domain.treatment import Treated, keeping

Literal: TypeAlias = str | int | float | bool

EFFORT = "reasoning.effort"
_BODY = "extra_body"
# What openai-python and its like take as "this argument was not given".
_NOTHING = frozenset({"NOT_GIVEN", "NotGiven", "omit", "Omit"})
# Callables whose result is certainly a value, though not which one.
_VALUED = frozenset({"bool", "dict", "float", "int", "len", "list", "max", "min", "round", "str"})


@dataclass(frozen=True, slots=True)
class Possible:
    """All that a setting may send.

    `literals` are the values known exactly, `shapes` the expressions known to be a value of some
    kind, `nothing` tells that it may be left out, `unread` that it may be something not seen.
    """

    literals: tuple[Literal, ...] = ()
    shapes: tuple[Expression, ...] = ()
    nothing: bool = False
    unread: bool = False

    @property
    def sends(self) -> bool:
        """Whether a value is certainly sent on some path."""
        return bool(self.literals or self.shapes)

    def always(self, values: tuple[str, ...]) -> bool:
        """Whether nothing but one of `values` can be sent."""
        seen = bool(self.literals) and all(each in values for each in self.literals)
        return seen and not (self.shapes or self.nothing or self.unread)

    def may_be(self, values: tuple[str, ...]) -> bool:
        """Whether one of `values` may be sent, as far as can be seen."""
        return self.unread or any(each in values for each in self.literals)


def possible(setting: Setting) -> Possible:
    """Give all that a setting may send, over every path that its value was followed along."""
    match setting.state:
        case SettingState.ABSENT:
            return Possible(nothing=True)
        case SettingState.UNRESOLVED:
            return _over(setting, unread=True)
        case SettingState.EXPLICIT:
            return _over(setting, unread=bool(setting.reason))


def hidden(call: BoundCall, name: str) -> bool:
    """Whether a setting is written at no call, yet may come with a splat not followed."""
    written = any(name in each.runs.merged for each in call.ran)
    if written or call.setting(name).state is not SettingState.UNRESOLVED:
        return False
    return name not in call.arguments and name.partition(".")[0] not in call.arguments


def effort(call: BoundCall) -> Possible:
    """Give what the call may send as its reasoning effort; where it says none, its library's.

    Where only some of the versions that may be installed send that, it cannot be read.
    """
    setting = call.setting(call.surface.effort)
    treated = call.given_by_library(EFFORT) if setting.state is SettingState.ABSENT else None
    value = treated.treatment.values.get(EFFORT) if treated else None
    if treated is None or value is None:
        return possible(setting)
    sure = treated.distribution.surely(treated.treatment.versions)
    return Possible(literals=(value,), unread=not sure)


def kept_away(call: BoundCall, parameter: str) -> Treated | None:
    """Tell what keeps a parameter of the API from being sent as it is written, if anything.

    Libraries leave alone what is given as the body of the request.
    """
    head = parameter.partition(".")[0]
    return None if head in _in_body(call) else keeping(call.treated, parameter)


def _in_body(call: BoundCall) -> frozenset[str]:
    bodies = (each for name, each in call.settings.items() if name.rpartition(".")[2] == _BODY)
    tables = (end.expression for each in bodies for end in each.ends)
    entries = (each for table in tables if isinstance(table, Table) for each in table.entries)
    return frozenset(each.key.value for each in entries if isinstance(each.key, Text))


def members(series: Series) -> tuple[Literal, ...] | None:
    """Give the literal members of a series; None when one of them cannot be read."""
    found: list[Literal] = []
    for item in series.items:
        match item:
            case Text(value=value):
                found.append(value)
            case Scalar(value=bool() | int() | float() as value):
                found.append(value)
            case _:
                return None
    return tuple(found)


def _over(setting: Setting, *, unread: bool) -> Possible:
    if not setting.ends:
        if setting.value is None:
            return Possible(unread=True)
        return Possible(literals=(setting.value,), unread=unread)
    literals: list[Literal] = []
    shapes: list[Expression] = []
    nothing = False
    for end in setting.ends:
        match end.expression:
            case Text(value=text):
                literals.append(text)
            case Scalar(value=None):
                nothing = True
            case Scalar(value=bool() | int() | float() as value):
                literals.append(value)
            case Table() | Series() | Join():
                shapes.append(end.expression)
            case other if _means_nothing(other):
                nothing = True
            case Call(callee=callee) if dotted(callee) in _VALUED:
                shapes.append(end.expression)
            case _:
                unread = True
    if _of_some_classes(setting.ends):
        literals, unread = [], True
    unread = unread or _partly_lost(setting)
    return Possible(tuple(dict.fromkeys(literals)), tuple(shapes), nothing, unread)


def _of_some_classes(ends: Iterable[Found]) -> bool:
    """Whether a member has a value in one class and none in a sibling.

    Which of them runs a call that they share cannot be told.
    """
    valued: dict[str, bool] = {}
    for end in ends:
        owner = next((h.detail for h in end.hops if h.kind is HopKind.FIELD), "")
        nothing = isinstance(end.expression, Scalar) and end.expression.value is None
        if owner:
            valued[owner] = valued.get(owner, False) or not nothing
    return len(set(valued.values())) > 1


def _partly_lost(setting: Setting) -> bool:
    """Whether one end alone was found and yet no value stated: another path was lost."""
    ends = {_identity(each.expression) for each in setting.ends}
    return setting.value is None and len(ends) == 1 and None not in ends


def _identity(expression: Expression) -> object:
    match expression:
        case Text(value=value) | Scalar(value=value):
            return value
        case Series() | Table():
            return expression.at
        case _:
            return None


def _means_nothing(expression: Expression) -> bool:
    callee = expression.callee if isinstance(expression, Call) else expression
    name = dotted(callee)
    return name is not None and name.rpartition(".")[2] in _NOTHING
