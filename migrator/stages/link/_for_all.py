"""Find what a project says once for all calls of a library: another host, or another API."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from migrator.domain.expression import Text
from migrator.domain.facts import Invocation
from migrator.domain.playbook import Library, Receiver
from migrator.domain.roles import aside, is_test
from migrator.domain.source import Place
from migrator.domain.surface import Route, Surface
from migrator.domain.trail import Found, Frame, Outside
from migrator.following.port import Walk
from migrator.stages.link._receivers import stays_home


@dataclass
class ForAll:
    """What calls of known callables say for all others; looked up once for each callable.

    What documentation or an example says there is no part of the product, and tests say nothing.
    """

    walk: Walk
    receivers: tuple[Receiver, ...]
    called: dict[str, tuple[tuple[str, Invocation], ...]] = field(default_factory=dict)
    away: dict[str, tuple[Place, ...]] = field(default_factory=dict)

    def redirected(self, library: Library, path: str) -> Place | None:
        """Find where the calls of a library in a file are pointed elsewhere."""
        if library.id not in self.away:
            self.away[library.id] = tuple(self._away(library))
        return next((e for e in self.away[library.id] if path.startswith(aside(e.path))), None)

    def routed(self, surface: Surface, path: str) -> Surface:
        """Give a surface as its calls in a file are sent, where a callable chose the API."""
        for route in surface.routes:
            if route.switch and any(self._switches(route, path)):
                effort = route.effort or surface.effort
                return replace(
                    surface, sends=route.sends, named=route.named, effort=effort, routes=()
                )
        return surface

    def _switches(self, route: Route, path: str) -> Iterator[bool]:
        for where, invocation in self._calls(route.switch):
            given = invocation.call.given
            if given and path.startswith(aside(where)):
                ends = self.walk.follow(given[0], Frame(where, invocation.scope))
                yield any(
                    not (isinstance(end, Found) and isinstance(end.expression, Text))
                    or end.expression.value in route.values
                    for end in ends
                )

    def _away(self, library: Library) -> Iterator[Place]:
        for name in library.redirects:
            for path, invocation in self._calls(name):
                given, frame = invocation.call.given, Frame(path, invocation.scope)
                home = given and stays_home(self.walk, given[0], frame, self.receivers)
                if not home:
                    yield invocation.call.at.within(path)

    def _calls(self, name: str) -> tuple[tuple[str, Invocation], ...]:
        if name not in self.called:
            self.called[name] = tuple(
                (path, invocation)
                for path, invocation in self.walk.callers.named(name.rpartition(".")[2])
                if not is_test(path) and self._is(name, path, invocation)
            )
        return self.called[name]

    def _is(self, name: str, path: str, invocation: Invocation) -> bool:
        ends = self.walk.follow(invocation.call.callee, Frame(path, invocation.scope))
        return any(isinstance(end, Outside) and end.name == name for end in ends)
