"""Find copies of a default that its own declaration states once more, for a form or a schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from migrator.domain.expression import Call, Expression, Series, Table, Text
from migrator.domain.facts import FileFacts
from migrator.domain.site import BoundSite, Reference
from migrator.domain.source import Place
from migrator.domain.trail import Frame, Hop, HopKind, Outside
from migrator.following.aliases import called_name
from migrator.following.defaults import FIELD_MAKERS
from migrator.following.port import Walk
from migrator.stages.link._references import bytes_of

_DEFAULT = "default"
_NAMES = frozenset(each.rpartition(".")[2] for each in FIELD_MAKERS)

Held = tuple[str, Text]


@dataclass
class Mirrors:
    """Looks for the mirrors of references, once in each file.

    A mirror is the only text under a key `default` that the other arguments of the same `Field(…)`
    hold, and reads just as the default does. Where they hold the text once more, as a list of
    choices does, it stays: nobody can tell what has to agree with what.
    """

    walk: Walk
    known: dict[str, Mapping[Place, Text]] = field(default_factory=dict)

    def added(self, sites: Iterable[BoundSite]) -> Iterator[BoundSite]:
        """Give the sites, each reference with the copies that have to move with it."""
        for site in sites:
            reference = site.reference
            mirror = self._of(reference) if reference else None
            if reference is None or mirror is None:
                yield site
            else:
                yield replace(site, reference=replace(reference, mirrors=(mirror,)))

    def _of(self, reference: Reference) -> Reference | None:
        path = reference.path
        if path not in self.known:
            facts = self.walk.file(path)
            self.known[path] = dict(_copies(self.walk, facts)) if facts else {}
        copy = self.known[path].get(reference.place)
        if copy is None:
            return None
        place, content = copy.at.within(path), self.walk.source.content(path)
        at = bytes_of(content, copy.at, reference.recognised)
        hop = Hop(place, HopKind.MIRROR, detail=_DEFAULT)
        return replace(reference, place=place, at=at, via=(hop, *reference.via)) if at else None


def _copies(walk: Walk, facts: FileFacts) -> Iterator[tuple[Place, Text]]:
    """Pair the place of each declared default with the copy that has to agree."""
    for invocation in facts.invocations:
        call = invocation.call
        value = _default(call) if called_name(call.callee) in _NAMES else None
        copy = _copy(call, value) if value else None
        if value is None or copy is None:
            continue
        ends = walk.follow(call.callee, Frame(facts.path, invocation.scope))
        if any(isinstance(each, Outside) and each.name in FIELD_MAKERS for each in ends):
            yield value.at.within(facts.path), copy


def _default(call: Call) -> Text | None:
    given = (each.value for each in call.keywords if each.name == _DEFAULT)
    found = next(given, next(iter(call.positional), None))
    return found if isinstance(found, Text) else None


def _copy(call: Call, value: Text) -> Text | None:
    held = [each for keyword in call.keywords for each in _held(keyword.name, keyword.value)]
    others = [each for each in held if each[1] is not value]
    defaults = [text for key, text in others if key == _DEFAULT]
    alike = [text for _, text in others if text.value == value.value]
    return defaults[0] if len(defaults) == 1 and alike == defaults else None


def _held(key: str | None, value: Expression) -> Iterator[Held]:
    """Give the texts that a literal holds, with the nearest key of each."""
    match value:
        case Text():
            yield key or "", value
        case Table(entries=entries):
            for entry in entries:
                name = entry.key.value if isinstance(entry.key, Text) else None
                yield from _held(name, entry.value)
        case Series(items=items):
            for item in items:
                yield from _held(None, item)
        case Call(keywords=keywords):
            for each in keywords:
                yield from _held(each.name, each.value)
        case _:
            return
