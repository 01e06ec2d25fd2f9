"""Find names on the way of an id that get more text behind what they hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from migrator.domain.expression import Text
from migrator.domain.facts import Binding, FileFacts, Scope
from migrator.domain.other_use import OtherUse, UseKind
from migrator.domain.source import Place
from migrator.domain.trail import Found, Frame
from migrator.following.port import Walk
from migrator.stages.uses._admitted import Definition
from migrator.stages.uses._derived import is_composed


def lengthened(
    walk: Walk, files: Iterable[FileFacts], definitions: Mapping[Place, Definition]
) -> Iterator[tuple[Place, OtherUse]]:
    """Yield each definition to whose name, or to one that got it, a text is added by `+=`."""
    for facts in files:
        for scope in facts.scopes.values():
            for binding in scope.bindings:
                if binding.how == "augmented" and _adds_text(walk, facts, scope, binding):
                    at = binding.at.within(facts.path)
                    use = OtherUse(at=at, kind=UseKind.DERIVED, written=f"{binding.name} += …")
                    named = frozenset(_given(facts, scope, binding.name))
                    for place, definition in definitions.items():
                        if any(at in named for at, _ in definition.hops):
                            yield place, use


def _adds_text(walk: Walk, facts: FileFacts, scope: Scope, binding: Binding) -> bool:
    if binding.value is None:
        return False
    ends = walk.follow(binding.value, Frame(facts.path, scope.symbol))
    texts = [end.expression for end in ends if isinstance(end, Found)]
    return any(
        is_composed(each) or (isinstance(each, Text) and not any(map(str.isspace, each.value)))
        for each in texts
    )


def _given(facts: FileFacts, scope: Scope, name: str) -> Iterator[Place]:
    """Give where the name gets its values: in its own scope, a member in every one."""
    for each in facts.scopes.values() if "." in name else (scope,):
        yield from (b.at.within(facts.path) for b in each.bindings if b.name == name)
        yield from (p.at.within(facts.path) for p in each.parameters if p.name == name)
