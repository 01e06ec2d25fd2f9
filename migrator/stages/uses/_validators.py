"""Tell the validators whose tests the gates evaluate from those that do more."""

from __future__ import annotations

import re

from migrator.domain.expression import (
    Call,
    Choice,
    Comparison,
    Expression,
    Member,
    Name,
    Opaque,
    Text,
)
from migrator.domain.facts import FileFacts, Scope

_TEXT = frozenset({"strip", "lower", "upper", "casefold", "startswith", "endswith", "removeprefix"})
LONGEST_PATTERN = 300


def is_evaluated(facts: FileFacts, method: Scope) -> bool:
    """Whether all that a validator does is compare its value with what is in view.

    Its tests are then gates like any other; nothing else in it can turn an id away.
    """
    symbol = method.symbol
    own = [each for each in facts.invocations if each.scope == symbol]
    guards = [each for each in facts.guards if each.scope == symbol]
    looks_up = any(each.scope == symbol for each in facts.lookups)
    plain = all(_is_plain(each.call) for each in own)
    return plain and not looks_up and all(_compares(each.test) for each in guards)


def admits(pattern: Expression, value: str) -> bool | None:
    """Tell whether a field's pattern admits a text; None when the pattern cannot be read."""
    if not isinstance(pattern, Text) or len(pattern.value) > LONGEST_PATTERN:
        return None
    try:
        return re.search(pattern.value, value) is not None
    except re.error:
        return None


def _is_plain(call: Call) -> bool:
    match call.callee:
        case Name(name=name):
            return name.endswith(("Error", "Exception"))
        case Member(base=Name(), name=name):
            return name in _TEXT
        case _:
            return False


def _compares(test: Expression) -> bool:
    match test:
        case Comparison() | Name():
            return True
        case Call() as call:
            return _is_plain(call)
        case Opaque(what="not" | "and", inner=parts) | Choice(options=parts):
            return all(_compares(each) for each in parts)
        case _:
            return False
