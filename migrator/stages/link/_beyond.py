"""Make sites of the ways that were not followed, since too many lead to one call."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from migrator.domain.catalogue import Catalogue, Standing
from migrator.domain.expression import Text
from migrator.domain.roles import is_test
from migrator.domain.site import BoundSite, Reference
from migrator.domain.source import Place
from migrator.domain.trail import Found, Frame, Lost, Trail
from migrator.following.port import Walk
from migrator.following.ways import too_many
from migrator.stages.link._matched import Matched
from migrator.stages.link._references import reference_of
from migrator.stages.link._sites import make_site, unread_site
from migrator.stages.link._way_in import called_in, calls_to

MOST_ALIKE = 32  # ways from one call outside to the call that runs a model, with one id


@dataclass(slots=True)
class Beyond:
    """What is left out of the ways to one call, by the frame that they lead into."""

    walk: Walk
    matched: Matched
    taken: Counter[object] = field(default_factory=Counter)
    cut: list[tuple[Frame, Lost]] = field(default_factory=list)

    def takes_in(self, trail: Trail, inside: Frame) -> bool:
        """Take note of a trail that tells of more ways."""
        found = isinstance(trail, Lost) and trail.cut is not None
        if isinstance(trail, Lost) and trail.cut is not None:
            self.cut.append((inside, trail))
        return found

    def is_one_more(self, trail: Trail, inside: Frame, reference: Reference) -> bool:
        """Whether an id has been seen to come that way often enough; another is left out."""
        outer = next(reversed(calls_to(inside)), None)
        key = (outer, reference.place)
        self.taken[key] += 1
        if self.taken[key] == MOST_ALIKE + 1:
            at = self.matched.invocation.call.at.within(self.matched.facts.path)
            plain = Frame(inside.path, inside.symbol)
            self.cut.append((plain, too_many(at, (trail,))))
        return self.taken[key] > MOST_ALIKE

    def sites(self, catalogue: Catalogue) -> Iterator[BoundSite]:
        """Give a site for each id that comes along some way left out, whatever is sent there."""
        seen: set[Place] = set()
        for inside, lost in self.cut:
            path = called_in(inside, self.matched.facts.path)
            cut = lost.cut
            if cut is None or (cut.of_tests and not is_test(path)):
                continue
            found = list(self._references(cut.ends, catalogue))
            ours = [
                each
                for each in found
                if each.recognised.standing is not Standing.OUT_OF_SCOPE
                and (is_test(path) or not is_test(each.path))
            ]
            for each in ours:
                if each.place not in seen:
                    yield make_site(self.walk, self.matched, inside, each, (lost,))
                seen.add(each.place)
            if not found:
                yield unread_site(self.walk, self.matched, inside, [lost])

    def _references(self, ends: Iterable[Trail], catalogue: Catalogue) -> Iterator[Reference]:
        azure = self.matched.hosts == ("azure",)
        for end in ends:
            for each in self._read(end):
                found = reference_of(self.walk, each, catalogue, azure=azure)
                if found is not None:
                    yield found

    def _read(self, end: Trail) -> tuple[Trail, ...]:
        """Follow what a call passes that was not looked at."""
        if isinstance(end, Found) and not isinstance(end.expression, Text):
            return self.walk.follow(end.expression, end.frame)
        return (end,)
