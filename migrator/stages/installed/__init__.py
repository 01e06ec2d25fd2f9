"""Tell how the installed version of a library treats the request of each site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from migrator.domain.distribution import Distribution
from migrator.domain.playbook import Library, Playbook
from migrator.domain.site import BoundCall, BoundSite
from migrator.domain.surface import Route
from migrator.domain.treatment import Treated
from migrator.stages.installed._holds import Switches, holds, sends, switches_of
from migrator.stages.installed._manifests import Manifests

__all__ = ["Installed", "Manifests", "switches_of"]


@dataclass(frozen=True, slots=True)
class Installed:
    """What is known of the project's libraries: versions, and switches that its code sets."""

    playbook: Playbook
    manifests: Manifests
    switches: Switches

    def treat(self, site: BoundSite) -> BoundSite:
        """Give a site with the API that its library chooses, and what is done on the way to it.

        The files that name the versions are among those that the site consulted.
        """
        call = site.call
        if call is None:
            return site
        libraries = tuple(_libraries(call, self.playbook))
        prefix = site.reference.recognised.provider if site.reference else None
        routed = self._routed(call, prefix.api if prefix else None, libraries)
        treated = tuple(self._treated(routed, libraries))
        asked = [self._version(each, call) for each in libraries if _asks(each, call)]
        named = {each.at.path for each in asked if each.at}
        consulted = (*site.consulted, *sorted(named - set(site.consulted)))
        return replace(site, call=replace(routed, treated=treated), consulted=consulted)

    def _version(self, library: Library, call: BoundCall, other: str = "") -> Distribution:
        names = (other,) if other else (library.distribution, *library.installed_as)
        return self.manifests.find(names, call.frame.path)

    def _routed(
        self, call: BoundCall, prefix: str | None, libraries: tuple[Library, ...]
    ) -> BoundCall:
        for route in call.surface.routes:
            if self._taken(route, call, prefix, libraries):
                effort = route.effort or call.surface.effort
                surface = replace(call.surface, sends=route.sends, named=route.named, effort=effort)
                return replace(call, surface=surface)
        return call

    def _taken(
        self, route: Route, call: BoundCall, prefix: str | None, libraries: tuple[Library, ...]
    ) -> bool:
        if route.prefix and prefix != route.prefix:
            return False
        if route.settings and not any(sends(call, each, route.values) for each in route.settings):
            return False
        if not route.versions:
            return True
        ids = {call.surface.id, call.holder.surface if call.holder else ""}
        home = [each for each in libraries if ids.intersection(s.id for s in each.surfaces)]
        # A prefix that names its API leaves the library no choice.
        return prefix is None and any(
            self._version(each, call).within(route.versions) for each in home
        )

    def _treated(self, call: BoundCall, libraries: tuple[Library, ...]) -> Iterator[Treated]:
        for library in libraries:
            for each in library.treatments:
                found, switch = holds(each, call, self.switches)
                version = self._version(library, call, each.distribution) if found else None
                if version is not None and version.within(each.versions):
                    yield Treated(each, version, switch)


def _asks(library: Library, call: BoundCall) -> bool:
    return bool(library.treatments or any(each.versions for each in call.surface.routes))


def _libraries(call: BoundCall, playbook: Playbook) -> Iterator[Library]:
    """Give the libraries that a request passes: the call's own, and that of what it holds."""
    names = {call.shape.library}
    names.update(each.library for each in (call.receiver, call.holder) if each is not None)
    yield from (each for each in playbook.libraries if each.id in names)
