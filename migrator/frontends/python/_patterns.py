"""Read `match` statements: what their patterns compare, and what they bind."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from migrator.domain.expression import Expression, Item, Member, Opaque, Scalar
from migrator.domain.facts import Binding, Use
from migrator.domain.source import Location
from migrator.frontends.python._guards import record_case
from migrator.frontends.python._reading import Reading
from migrator.frontends.python._spot import ROOT, Spot, spelled


def read_match(reading: Reading, node: ast.Match) -> None:
    """Read a match; literals in its patterns are compared with the subject."""
    subject = reading.lower(node.subject, ROOT)
    spot = Spot(Use.COMPARED, spelled(node.subject))
    for index, case in enumerate(node.cases):
        literals = _read_pattern(reading, case.pattern, spot, subject)
        guard = reading.lower(case.guard, ROOT) if case.guard is not None else None
        record_case(reading, (subject, guard), literals, node.cases[index:])
        reading.guarded(case.body)


def _read_pattern(
    reading: Reading, node: ast.pattern, spot: Spot, subject: Expression
) -> tuple[Expression, ...]:
    """Read a pattern that is held against `subject`, and give the values that it names."""
    at = reading.at(node)
    parts: list[Expression]
    match node:
        case ast.MatchValue(value=value):
            return (reading.lower(value, spot),)
        case ast.MatchAs(pattern=inner, name=name):
            found = () if inner is None else _read_pattern(reading, inner, spot, subject)
            if name is not None:
                reading.record(Binding(name, subject, at))
            return found
        case ast.MatchOr(patterns=patterns):
            return _all(reading, patterns, spot, (subject,) * len(patterns))
        case ast.MatchSequence(patterns=patterns):
            return _all(reading, patterns, spot, _items(reading, patterns, subject))
        case ast.MatchMapping(keys=keys, patterns=patterns):
            lowered = [reading.lower(key, spot) for key in keys]
            pairs = zip(patterns, lowered, strict=True)
            parts = [Item(reading.at(each), subject, key) for each, key in pairs]
            found = (*lowered, *_all(reading, patterns, spot, parts))
            _bind_rest(reading, node.rest, at, subject)
            return found
        case ast.MatchClass(cls=cls, patterns=patterns, kwd_attrs=names, kwd_patterns=named):
            found = (reading.lower(cls, spot),)
            parts = [Opaque(at, "match", (subject,)) for _ in patterns]
            parts += [Member(reading.at(p), subject, n) for p, n in zip(named, names, strict=True)]
            return found + _all(reading, [*patterns, *named], spot, parts)
        case ast.MatchStar(name=name):
            _bind_rest(reading, name, at, subject)
        case _:
            pass  # True, False and None name no value of the subject
    return ()


def _all(
    reading: Reading,
    patterns: list[ast.pattern],
    spot: Spot,
    subjects: Sequence[Expression],
) -> tuple[Expression, ...]:
    found: tuple[Expression, ...] = ()
    for pattern, subject in zip(patterns, subjects, strict=True):
        found += _read_pattern(reading, pattern, spot, subject)
    return found


def _items(reading: Reading, patterns: list[ast.pattern], subject: Expression) -> list[Expression]:
    """Give the items that the patterns of a sequence are held against, up to a starred one."""
    found: list[Expression] = []
    starred = False
    for index, pattern in enumerate(patterns):
        starred = starred or isinstance(pattern, ast.MatchStar)
        at = reading.at(pattern)
        hidden = Opaque(at, "match", (subject,))
        found.append(hidden if starred else Item(at, subject, Scalar(at, index)))
    return found


def _bind_rest(reading: Reading, name: str | None, at: Location, subject: Expression) -> None:
    if name is not None:
        reading.record(Binding(name, Opaque(at, "match", (subject,)), at))
