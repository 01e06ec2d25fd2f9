"""Find lists, tables and enums in which the target would stand twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from migrator.domain.expression import Expression, Member, Name, Series, Table, Text
from migrator.domain.facts import FileFacts, Scope, ScopeKind
from migrator.domain.other_use import OtherUse, UseKind
from migrator.domain.parts import everything
from migrator.domain.source import Place


@dataclass(frozen=True, slots=True)
class Together:
    """Texts of which no two should be alike: members of a list or an enum, keys of a table.

    Of a table one of two equal keys is lost. Of two members of an enum with one value, the second
    is but a name: that does harm only to lists of what there is.
    """

    at: Place
    name: str
    kind: type
    texts: tuple[tuple[Place, str], ...]


def together(facts: FileFacts) -> Mapping[Place, Sequence[Together]]:
    """Give what each text of a file stands together with, by the place of the text."""
    found: defaultdict[Place, list[Together]] = defaultdict(list)
    for group in _groups(facts):
        for place, _ in group.texts if len(group.texts) > 1 else ():
            found[place].append(group)
    return found


def held_twice(
    groups: Sequence[Together], place: Place, new: str, others: Collection[Place]
) -> Iterator[OtherUse]:
    """Yield what holds the id at `place` beside others that are, or may become, the target.

    `others` are the places of ids that may be edited as well.
    """
    for group in groups:
        beside = [(where, text) for where, text in group.texts if where != place]
        again = any(text == new for _, text in beside)
        if group.kind is Series:
            yield OtherUse(at=group.at, kind=UseKind.LISTED, written=group.name, refuses=again)
        elif again or (group.kind is Table and any(where in others for where, _ in beside)):
            yield OtherUse(at=place, kind=UseKind.LISTED, written=group.name, refuses=again)


def _groups(facts: FileFacts) -> Iterator[Together]:
    if facts.document is not None:
        yield from _tables(facts, facts.document, facts.path)
    for scope in facts.scopes.values():
        for binding in scope.bindings:
            value = binding.value
            if isinstance(value, Series):
                yield _group(facts, value, binding.name, Series, value.items)
            if value is not None:
                yield from _tables(facts, value, binding.name)
        if is_enum(scope):
            values = [text for each in scope.bindings for text in _value(each.value)]
            if values:
                yield _group(facts, values[0], scope.symbol, Scope, values)


def _tables(facts: FileFacts, value: Expression, name: str) -> Iterator[Together]:
    for each in everything(value):
        if isinstance(each, Table):
            keys = [entry.key for entry in each.entries if entry.key is not None]
            yield _group(facts, each, name, Table, keys)


def _group(
    facts: FileFacts, holder: Expression, name: str, kind: type, members: Sequence[Expression]
) -> Together:
    texts = ((e.at.within(facts.path), e.value) for e in members if isinstance(e, Text))
    return Together(holder.at.within(facts.path), name, kind, tuple(texts))


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
    ends = any(each.endswith(("Enum", "Choices")) for each in names)
    return scope.kind is ScopeKind.CLASS and ends
