"""Find lists, tables and enums in which the target would stand twice."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from migrator.domain.expression import Expression, Member, Name, Series, Table, Text
from migrator.domain.facts import FileFacts, Scope, ScopeKind
from migrator.domain.other_use import OtherUse, UseKind
from migrator.domain.parts import everything
from migrator.domain.source import Place


def held_twice(
    facts: FileFacts, place: Place, new: str, others: Collection[Place]
) -> Iterator[OtherUse]:
    """Yield what holds the id at `place` beside others that are, or may become, the target.

    `others` are the places of ids that may be edited as well. Of a table the keys count: one of
    two equal keys is lost. Of two members of an enum with one value, the second is but a name: that
    does harm only to lists of what there is, and is told where it is certain.
    """
    if facts.document is not None:
        yield from _in_tables(facts, facts.document, facts.path, place, new, others)
    for scope in facts.scopes.values():
        for binding in scope.bindings:
            value = binding.value
            if isinstance(value, Series):
                yield from _in_list(facts, binding.name, value, place, new)
            if value is not None:
                yield from _in_tables(facts, value, binding.name, place, new, others)
        if is_enum(scope):
            values = [text for each in scope.bindings for text in _value(each.value)]
            yield from _among(facts, scope.symbol, values, place, new, ())


def _in_tables(
    facts: FileFacts,
    value: Expression,
    name: str,
    place: Place,
    new: str,
    others: Collection[Place],
) -> Iterator[OtherUse]:
    for each in everything(value):
        if isinstance(each, Table):
            keys = [entry.key for entry in each.entries if isinstance(entry.key, Text)]
            yield from _among(facts, name, keys, place, new, others)


def _in_list(
    facts: FileFacts, name: str, listed: Series, place: Place, new: str
) -> Iterator[OtherUse]:
    texts = [item for item in listed.items if isinstance(item, Text)]
    if len(texts) > 1 and any(item.at.within(facts.path) == place for item in texts):
        again = any(item.value == new for item in texts)
        at = listed.at.within(facts.path)
        yield OtherUse(at=at, kind=UseKind.LISTED, written=name, refuses=again)


def _among(
    facts: FileFacts,
    name: str,
    texts: list[Text],
    place: Place,
    new: str,
    others: Collection[Place],
) -> Iterator[OtherUse]:
    beside = [each for each in texts if each.at.within(facts.path) != place]
    if len(beside) == len(texts):
        return
    again = any(each.value == new for each in beside)
    if again or any(each.at.within(facts.path) in others for each in beside):
        yield OtherUse(at=place, kind=UseKind.LISTED, written=name, refuses=again)


def _value(value: Expression | None) -> Iterator[Text]:
    """Give the value of a member, which Django writes before its label."""
    match value:
        case Text():
            yield value
        case Series(items=(Text() as first, *_)):
            yield first
        case _:
            return


def is_enum(scope: Scope) -> bool:
    """Whether a class is an enum."""
    names = (each.name for each in scope.bases if isinstance(each, Name | Member))
    return scope.kind is ScopeKind.CLASS and any(
        each.endswith(("Enum", "Choices")) for each in names
    )
