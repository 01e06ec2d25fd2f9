"""Say of the ends of an argument what they are worth as the value of a setting."""

from __future__ import annotations

from collections.abc import Iterable

from migrator.domain.expression import Scalar, Series, Table, Text
from migrator.domain.roles import is_test
from migrator.domain.trail import Found, Lost, Outside, Trail

# Values that mean "not sent" in the libraries we know.
NOT_SENT = frozenset({"openai.NOT_GIVEN", "openai.omit", "openai.NotGiven", "openai.Omit"})


def of_tests(end: Trail) -> bool:
    """Whether a value is what tests alone give."""
    if isinstance(end, Lost) and end.cut:
        return end.cut.of_tests
    if not isinstance(end, Found):
        return False
    return is_test(end.frame.path) or any(is_test(hop.at.path) for hop in end.hops)


def not_sent(end: Trail) -> bool:
    """Whether a value means that nothing is sent."""
    return isinstance(end, Outside) and end.name in NOT_SENT


def plain(end: Found) -> str | int | float | bool | None:
    """Give a value as a plan shows it; None where it is none of its own."""
    match end.expression:
        case Text(value=value) | Scalar(value=value):
            return value
        case Series(items=items, kind=kind):
            return f"{kind} of {len(items)}"
        case Table(entries=entries):
            return f"table of {len(entries)}"
        case _:
            return None


def why(trails: Iterable[Trail]) -> str:
    """Give the reason why a value is not known."""
    for end in trails:
        match end:
            case Lost(reason=reason):
                return reason
            case Outside(name=name):
                return f"comes from {name}"
            case _:
                pass
    return "its value is computed"
