"""Look at the files that configure the environment of the programs: hosts and values set there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from migrator.domain.playbook import Playbook
from migrator.domain.pointed import Pointed
from migrator.domain.ports import Facts, Tree
from migrator.domain.site import BoundSite
from migrator.domain.variables_in_files import Assigned
from migrator.stages.environment._hosts import pointed_by_files, with_host
from migrator.stages.environment._near import Near, near_of
from migrator.stages.environment._values import values_in_files, with_values


@dataclass(frozen=True, slots=True)
class Environment:
    """What the environment of the programs says, as far as it is in the tree.

    `hosts` are what files set that libraries read by themselves, `by_program` where the program
    does, `values` what files set that the settings of calls are read from.
    """

    playbook: Playbook
    hosts: tuple[Pointed, ...]
    by_program: tuple[Pointed, ...]
    values: Mapping[str, tuple[Assigned, ...]]
    near: Near

    @classmethod
    def of(
        cls,
        tree: Tree,
        source: Facts,
        playbook: Playbook,
        sites: Sequence[BoundSite],
        hits: Iterable[str],
        by_program: Iterable[Pointed],
    ) -> Environment:
        """Read what concerns these sites; `hits` are files that may name what libraries read."""
        hosts = tuple(pointed_by_files(tree, hits, playbook.pointed_by)) if sites else ()
        values = values_in_files(tree, sites)
        files = {each.at.path for each in hosts}
        files |= {each.at.path for known in values.values() for each in known}
        changes = tuple(by_program)
        near = near_of(tree, source, sites, files, changed=bool(changes))
        return cls(playbook, hosts, changes, values, near)

    def around(self, site: BoundSite) -> BoundSite:
        """Give a site with what its environment says of its call."""
        valued = with_values(site, self.values, self.near)
        return with_host(valued, self.playbook, self.hosts, self.by_program, self.near)
