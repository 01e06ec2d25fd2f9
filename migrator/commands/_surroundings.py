"""Look at what lies around each site: gates, other uses, hosts and library versions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from migrator.adapters.repository import OpenedTree
from migrator.commands._read import Reading
from migrator.domain.catalogue import Standing
from migrator.domain.facts import FileFacts
from migrator.domain.other_use import UseKind
from migrator.domain.playbook import Playbook
from migrator.domain.site import BoundSite, Reference
from migrator.domain.source import Place
from migrator.stages.environment import Environment
from migrator.stages.gates import find_gates, gates_of_answers
from migrator.stages.images import loose_images
from migrator.stages.installed import Installed, Manifests, switches_of
from migrator.stages.link import read_again
from migrator.stages.outputs import indexed_outputs
from migrator.stages.parsers import parsed_answers
from migrator.stages.replay import replay_of
from migrator.stages.uses import find_uses


def surrounded(
    reading: Reading, files: Sequence[FileFacts], playbook: Playbook, opened: OpenedTree
) -> Iterator[BoundSite]:
    """Give each site with what lies around it: gates, other uses, hosts and library versions."""
    installed = Installed(playbook, Manifests(opened.tree), switches_of(files))
    gated = list(_gated(reading, files, playbook))
    environment = Environment.of(
        opened.tree, reading.walk.source, playbook, gated, reading.hits, reading.pointed
    )
    for each in gated:
        yield installed.treat(environment.around(each))


def _is_idle(reference: Reference, live: AbstractSet[Place]) -> bool:
    return reference.place in live or reference.recognised.standing is Standing.UNRECOGNISED


def _gated(reading: Reading, files: Sequence[FileFacts], playbook: Playbook) -> Iterator[BoundSite]:
    """Give each site with its gates and other uses, its settings as they are with the target."""
    gated = find_gates(reading.sites, reading.walk, files, playbook.target)
    live = {
        site.reference.place
        for site in reading.sites
        if site.reference and (site.id not in gated or gated[site.id].reached)
    }
    used = find_uses(reading.sites, reading.walk, files, playbook.catalogue)
    for bound in reading.sites:
        uses = used.get(bound.reference.place, ()) if bound.reference else ()
        if bound.call is None:
            uses = tuple(each for each in uses if each.kind is UseKind.DERIVED)
        indexed = indexed_outputs(bound, reading.walk)
        site = replace(
            bound,
            uses=uses,
            indexed=indexed,
            replay=replay_of(bound, reading.walk),
            parsed=parsed_answers(bound, reading.walk),
            images=loose_images(bound, reading.walk.source),
            gates=gates_of_answers(bound, reading.walk, playbook.target),
        )
        found = gated.get(site.id)
        if found is None:
            yield site
            continue
        if not found.reached and site.reference and _is_idle(site.reference, live):
            continue  # a call that neither id runs, of an id that runs another, or of no id
        again = read_again(found.after, site)
        gates = (*site.gates, *(each for each in found.gates if each not in site.gates))
        yield replace(again, gates=gates, consulted=found.paths)
