"""Find what people say of a model beside its id: in comments, docstrings and names."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.facts import FileFacts, Scope, ScopeKind, Use
from migrator.domain.site import BoundSite
from migrator.domain.source import Place
from migrator.domain.staying import STAYS, names_a_pin
from migrator.domain.trail import HopKind
from migrator.stages.classify._evidence import Evidence

_FARTHEST = 4  # lines from a comment down to the one it speaks of
_NAMING = frozenset({HopKind.ASSIGNMENT, HopKind.FIELD, HopKind.KEY, HopKind.CONFIG_KEY})


def remark_beside(bound: BoundSite, evidence: Evidence, *verbs: str) -> Place | None:
    """Give the place of a remark on the line of the id, or in the lines right above it."""
    reference = bound.reference
    if reference is None:
        return None
    return _at_line(evidence, reference.path, {reference.place.line}, *verbs)


def asked_to_stay(bound: BoundSite, evidence: Evidence) -> Place | None:
    """Give where it is said that the id was chosen to stay.

    That is a remark beside it, words on the model above or in the function or module around it or
    its call, or a name on its way that says so.
    """
    if bound.reference is None:
        return None
    return (
        remark_beside(bound, evidence, "keep", "fixed")
        or next(_around(bound, evidence), None)
        or next(_named(bound), None)
    )


def _at_line(evidence: Evidence, path: str, lines: set[int], *verbs: str) -> Place | None:
    for each in evidence.pragmas.get(path, ()):
        near = each.target_line in lines and each.target_line - each.at.line <= _FARTHEST
        if each.verb in verbs and near:
            return each.at.within(path)
    return None


def _around(bound: BoundSite, evidence: Evidence) -> Iterator[Place]:
    """Yield what is said of the model of everything that stands around the id or its call."""
    places = [bound.reference.place] if bound.reference else []
    places += [bound.call.place] if bound.call else []
    for place in places:
        facts = evidence.files.get(place.path)
        for scope in _scopes(facts, place) if facts else ():
            lines = {scope.at.line, *(each.at.line for each in scope.decorators)}
            lines = lines if scope.kind is not ScopeKind.MODULE else {place.line}
            above = _at_line(evidence, place.path, lines, "fixed")
            if above is not None:
                yield above
            yield from _described(facts, scope) if facts else ()


def _scopes(facts: FileFacts, place: Place) -> Iterator[Scope]:
    for scope in facts.scopes.values():
        if scope.kind is ScopeKind.MODULE or scope.at.line <= place.line <= scope.end_line:
            yield scope


def _described(facts: FileFacts, scope: Scope) -> Iterator[Place]:
    for each in facts.strings:
        if each.use is Use.DOCSTRING and each.scope == scope.symbol and STAYS.search(each.value):
            yield each.at.within(facts.path)


def _named(bound: BoundSite) -> Iterator[Place]:
    for hop in bound.reference.via if bound.reference else ():
        if hop.kind in _NAMING and names_a_pin(hop.detail.rpartition(".")[2]):
            yield hop.at
