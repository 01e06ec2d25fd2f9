"""Tell how the installed version of a library treats the request of each site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from migrator.domain.catalogue import Prefix
from migrator.domain.distribution import Distribution
from migrator.domain.gate import Gate, GateKind
from migrator.domain.playbook import Library, Playbook
from migrator.domain.site import BoundCall, BoundSite
from migrator.domain.surface import Route
from migrator.domain.treatment import Treated
from migrator.stages.installed._holds import Switches, holds, may_send, sends, switches_of
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
        routed = self._routed(call, prefix, libraries)
        held = tuple(self._held(routed, libraries))
        treated = tuple(each for each in held if _is_met(each))
        missed = tuple(each for each in held if not _is_met(each))
        gates = tuple(self._with_version(each) for each in site.gates)
        asked = [self._version(each, call) for each in libraries if _asks(each, call)]
        asked += [each.library for each in gates if each.library]
        named = {each.at.path for one in asked for each in (one, one.against) if each and each.at}
        consulted = (*site.consulted, *sorted(named - set(site.consulted)))
        judged = replace(routed, treated=treated, missed=missed)
        return replace(site, call=judged, gates=gates, consulted=consulted)

    def _with_version(self, gate: Gate) -> Gate:
        if gate.kind is not GateKind.TOKENIZER:
            return gate
        return replace(gate, library=self.manifests.find(("tiktoken",), gate.at.path))

    def _version(self, library: Library, call: BoundCall, other: str = "") -> Distribution:
        names = (other,) if other else (library.distribution, *library.installed_as)
        return self.manifests.find(names, call.frame.path)

    def _routed(
        self, call: BoundCall, prefix: Prefix | None, libraries: tuple[Library, ...]
    ) -> BoundCall:
        for route in call.surface.routes:
            if self._taken(route, call, prefix, libraries):
                effort = route.effort or call.surface.effort
                surface = replace(call.surface, sends=route.sends, named=route.named, effort=effort)
                return replace(call, surface=surface)
        return call

    def _taken(
        self, route: Route, call: BoundCall, prefix: Prefix | None, libraries: tuple[Library, ...]
    ) -> bool:
        api = prefix.api if prefix else None
        if route.switch or (route.prefix and api != route.prefix):
            return False
        if route.written and (prefix is None or prefix.text != route.written or call.holder):
            return False
        sent = may_send if route.perhaps else sends
        if route.settings and not any(sent(call, each, route.values) for each in route.settings):
            return False
        if not route.versions:
            return True
        ids = {call.surface.id, call.holder.surface if call.holder else ""}
        home = [each for each in libraries if ids.intersection(s.id for s in each.surfaces)]
        # A prefix that names its API leaves the library no choice.
        return api is None and any(
            self._version(each, call).within(route.versions) for each in home
        )

    def _held(self, call: BoundCall, libraries: tuple[Library, ...]) -> Iterator[Treated]:
        """Yield what the libraries do with such a call in one version or another."""
        for library in libraries:
            for each in library.treatments:
                found, switch = holds(each, call, self.switches)
                if found:
                    yield Treated(each, self._version(library, call, each.distribution), switch)


def _is_met(treated: Treated) -> bool:
    return treated.distribution.within(treated.treatment.versions)


def _asks(library: Library, call: BoundCall) -> bool:
    return bool(library.treatments or any(each.versions for each in call.surface.routes))


def _libraries(call: BoundCall, playbook: Playbook) -> Iterator[Library]:
    """Give the libraries that a request passes: the call's own, and that of what it holds."""
    names = {call.shape.library}
    names.update(each.library for each in (call.receiver, call.holder) if each is not None)
    yield from (each for each in playbook.libraries if each.id in names)
