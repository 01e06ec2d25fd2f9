"""Follow look-ups in tables that a comprehension makes of an enum's members."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.expression import Expression, Member, Name, Opaque, Table
from migrator.domain.source import Location, Place
from migrator.domain.trail import Defined, Found, Frame, Hop, HopKind, Trail
from migrator.following.hops import via
from migrator.following.items import entry_of, known_key
from migrator.following.port import Walk

_VALUE = "value"


def registered(
    walk: Walk, base: Expression, key: Expression, frame: Frame, at: Place
) -> tuple[Trail, ...]:
    """Give what such a table has under a key; none where the base is no such table.

    `{each: each.value for each in Model}` gives back the text that it is asked with. A table of
    objects by their names gives none: such an object cannot change its name alone.
    """
    asked = _Asked(walk, key, frame, at)
    return tuple(each for end in walk.follow(base, frame) for each in asked.of(end))


class _Asked:
    """A look-up by `key`, read in `frame`."""

    def __init__(self, walk: Walk, key: Expression, frame: Frame, at: Place) -> None:
        self.walk, self.key, self.frame = walk, key, frame
        self.hop = Hop(at, HopKind.KEY)
        self.apart: set[tuple[Frame, Location]] = set()

    def of(self, end: Trail) -> Iterator[Trail]:
        """Give what one end of the base has, tables put together taken apart, each once."""
        match end:
            case Found(expression=Opaque(what="bitor", at=at, inner=parts), frame=inside):
                if (inside, at) in self.apart:
                    return
                self.apart.add((inside, at))  # one that is put together with itself has no end
                for part in parts:
                    for each in self.walk.follow(part, inside):
                        yield from self.of(each)
                        yield from self._of_table(each)
            case Found(
                expression=Opaque(what="comprehension", inner=(key, value, source)), frame=inside
            ):
                yield from via(tuple(self._made(key, value, source, inside)), self.hop, *end.hops)
            case _:
                pass

    def _of_table(self, end: Trail) -> Iterator[Trail]:
        key = known_key(self.walk, self.key, self.frame)
        if isinstance(end, Found) and isinstance(end.expression, Table) and key is not None:
            yield from entry_of(self.walk, end.expression, end.frame, key, self.hop.at)

    def _made(
        self, key: Expression, value: Expression, source: Expression, inside: Frame
    ) -> Iterator[Trail]:
        match key, value:
            case Name(name=one), Member(base=Name(name=other), name=name) if one == other:
                same = name == _VALUE
            case Member(base=Name(name=one), name=name), Name(name=other) if one == other:
                same = name == _VALUE
            case _:
                return
        members = any(isinstance(e, Defined) for e in self.walk.follow(source, inside))
        if same and members:
            yield from (e for e in self.walk.follow(self.key, self.frame) if isinstance(e, Found))
