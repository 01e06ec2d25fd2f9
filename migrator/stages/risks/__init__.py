"""Find what the workflow of a site leans on, each with what was seen and where «light.*»."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrator.domain.block import RiskEvidence
from migrator.domain.playbook import Playbook
from migrator.domain.site import ClassifiedSite
from migrator.following.port import Walk
from migrator.stages.risks._flow import of_flow
from migrator.stages.risks._tools import of_tools, offered
from migrator.stages.risks._words import of_names, of_prompt


def find_risks(site: ClassifiedSite, walk: Walk, playbook: Playbook) -> ClassifiedSite:
    """Give a site with the evidence for workflow risks, strong before weak, in a stable order.

    Evidence comes from the tools that are offered, from names, from the words of the prompt and
    from the flow around the call. A risk with strong evidence needs none that is weak.
    """
    found = tuple(dict.fromkeys(_evidence(site, walk, playbook)))
    order = sorted(found, key=lambda each: (each.strength, each.risk, each.at, each.what))
    return replace(site, risks=tuple(order))


def _toolsets(playbook: Playbook) -> frozenset[str]:
    """Give the last names of the constructors of objects that hold tools."""
    return frozenset(
        name.rpartition(".")[2]
        for library in playbook.libraries
        for toolset in library.toolsets
        for name in toolset.constructors
    )


def _evidence(site: ClassifiedSite, walk: Walk, playbook: Playbook) -> Iterator[RiskEvidence]:
    call = site.call
    if call is None:
        return
    toolbox = offered(call, walk, _toolsets(playbook))
    for fact in playbook.risks:
        yield from of_tools(fact, toolbox)
        yield from of_prompt(fact, site.paired.prompts)
        yield from of_names(fact, site)
    yield from of_flow(site, call, toolbox, playbook.thresholds)
