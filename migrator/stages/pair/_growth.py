"""Find what a text gains under a name that it had on its way to the call."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from migrator.domain.expression import Expression, Name
from migrator.domain.facts import Binding, Scope
from migrator.domain.trail import Confidence, Found, Frame, Hop, HopKind, Trail
from migrator.following.port import Walk
from migrator.following.scopes import visible_scopes


@dataclass(frozen=True, slots=True)
class Gain:
    """Words that are added to a text, where they are written, and over which hops they are sent."""

    value: Expression
    frame: Frame
    hops: tuple[Hop, ...]


def gained_here(walk: Walk, expression: Expression, frame: Frame) -> Iterator[Gain]:
    """Give what `text += …` adds to a name before it is sent."""
    facts = walk.file(frame.path)
    if facts is None or not isinstance(expression, Name):
        return
    for scope in visible_scopes(facts, frame.symbol):
        inside = frame.inside(scope.symbol)
        named = [each for each in scope.bindings if each.name == expression.name]
        for each in named:
            if scope.symbol != frame.symbol or each.at < expression.at:
                yield from _gain(each, inside, ())
        if named or any(each.name == expression.name for each in scope.parameters):
            return


def gained_before(walk: Walk, end: Trail, expression: Expression, frame: Frame) -> Iterator[Gain]:
    """Give what is added to a text under the names that it had before the one that is sent.

    So a function that puts a text together step by step gives all of it, and not its first words.
    """
    for number, hop in enumerate(end.hops):
        if hop.kind is not HopKind.ASSIGNMENT:
            continue
        here = isinstance(expression, Name) and expression.name == hop.detail
        found = _bound(walk, hop)
        if found is None or (here and hop.at.path == frame.path):
            continue
        scope, binding = found
        inside = _inside(end, hop.at.path, scope)
        for each in _later(scope, binding):
            yield from _gain(each, inside, end.hops[number + 1 :])


def _gain(binding: Binding, frame: Frame, hops: tuple[Hop, ...]) -> Iterator[Gain]:
    if binding.value is None or not binding.grows:
        return
    if binding.conditional:
        sometimes = Hop(
            binding.at.within(frame.path),
            HopKind.CHOICE,
            Confidence.LIKELY,
            "added in one branch only",
        )
        hops = (sometimes, *hops)
    yield Gain(binding.value, frame, hops)


def _bound(walk: Walk, hop: Hop) -> tuple[Scope, Binding] | None:
    """Give the binding that a hop stands for."""
    facts = walk.file(hop.at.path)
    for scope in facts.scopes.values() if facts else ():
        for binding in scope.bindings:
            if binding.name == hop.detail and binding.at.within(hop.at.path) == hop.at:
                return scope, binding
    return None


def _later(scope: Scope, first: Binding) -> Iterator[Binding]:
    """Give the bindings of a name behind one of them, up to where it gets another value."""
    for each in scope.bindings:
        if each.name == first.name and each.at > first.at:
            if not each.grows and not each.conditional:
                return
            yield each


def _inside(end: Trail, path: str, scope: Scope) -> Frame:
    """Give the frame of a scope, with the callers that are known of it."""
    if isinstance(end, Found) and (end.frame.path, end.frame.symbol) == (path, scope.symbol):
        return end.frame
    return Frame(path, scope.symbol)
