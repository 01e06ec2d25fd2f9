"""Tell whether a parameter fact covers what a call may send."""

from __future__ import annotations

from enum import Enum

from migrator.domain.expression import Expression, Series, Table, Text
from migrator.domain.playbook import ParameterFact
from migrator.domain.sent import Literal, Possible, members


class Verdict(Enum):
    """What can be said of one value under one fact; the highest of several counts."""

    FINE = 0
    EXEMPT = 1  # it would be covered, were it not for the effort
    OPEN = 2
    COVERED = 3


def judge_value(fact: ParameterFact, sent: Possible, seen_effort: Possible) -> Verdict:
    """Give the verdict of a fact on all that a setting may send, beside the call's effort."""
    verdicts = [_literal(fact, each) for each in sent.literals]
    if _names_odd_values(fact) and Verdict.FINE in verdicts:
        # Beside a value that is fine, one that every model refuses is most likely never sent.
        verdicts = [Verdict.FINE]
    verdicts += [_shape(fact, each) for each in sent.shapes]
    worst = max(verdicts, key=_rank, default=Verdict.FINE)
    if sent.unread and worst is Verdict.FINE and not _names_odd_values(fact):
        worst = Verdict.OPEN
    if not fact.unless_effort or worst is Verdict.FINE:
        return worst
    if seen_effort.always(fact.unless_effort):
        return Verdict.EXEMPT if worst is Verdict.COVERED else Verdict.FINE
    # The exempting effort may be sent, but that cannot be seen: no longer certain.
    return Verdict.OPEN if seen_effort.unread else worst


def _names_odd_values(fact: ParameterFact) -> bool:
    """Whether a fact names odd values alone, which other models refuse as well.

    A value that cannot be read is then no doubt of the target's making.
    """
    limits = fact.under is not None or fact.over is not None
    return bool(limits or fact.accepts or fact.holds)


def _literal(fact: ParameterFact, value: Literal) -> Verdict:
    if value in fact.defaults or fact.holds:
        return Verdict.FINE
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if fact.under is not None or fact.over is not None:
        low = fact.under is not None and number and float(value) < fact.under
        high = fact.over is not None and number and float(value) > fact.over
        return _covered(low or high)
    if fact.accepts:
        return _covered(value not in fact.accepts)
    return _covered(not fact.values or value in fact.values)


def _covered(yes: bool) -> Verdict:  # noqa: FBT001
    return Verdict.COVERED if yes else Verdict.FINE


def _shape(fact: ParameterFact, shape: Expression) -> Verdict:
    if fact.holds:
        return _holding(fact, shape)
    inside = members(shape) if isinstance(shape, Series) else None
    if inside is not None and fact.values:
        return max((_literal(fact, each) for each in inside), key=_rank, default=Verdict.FINE)
    if inside and all(each in fact.defaults for each in inside):
        return Verdict.FINE
    return Verdict.COVERED if fact.unconditional else Verdict.OPEN


def _holding(fact: ParameterFact, shape: Expression) -> Verdict:
    """Look for a table in a list that says all that the fact holds; what is unseen is no sign."""
    if not isinstance(shape, Series):
        return Verdict.FINE
    tables = [each for each in shape.items if isinstance(each, Table)]
    return _covered(any(_says(each, fact) for each in tables))


def _says(table: Table, fact: ParameterFact) -> bool:
    said = {
        each.key.value: each.value.value
        for each in table.entries
        if isinstance(each.key, Text) and isinstance(each.value, Text)
    }
    return all(said.get(key) == text for key, text in fact.holds.items())


def _rank(verdict: Verdict) -> int:
    return verdict.value
