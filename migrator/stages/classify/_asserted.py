"""Find the assertions that expect the id of a site, not merely the same text."""

from __future__ import annotations

import re

from migrator.domain.site import BoundSite, Reference
from migrator.domain.source import Place
from migrator.stages.classify._evidence import Assertion, Evidence


def asserted_at(bound: BoundSite, evidence: Evidence) -> tuple[Place, ...]:
    """Give where tests expect the id of a site, in order.

    An assertion counts when its file is the site's own or imports the module of its reference or
    call, and when it does not compare another constant than those the id goes through.
    """
    reference = bound.reference
    if reference is None:
        return ()
    paths = {reference.path, bound.place.path} | ({bound.call.place.path} if bound.call else set())
    found = evidence.asserted.get(reference.recognised.text, ())
    return tuple(
        each.place
        for each in found
        if _in_reach(each, paths, evidence) and not _of_another(each, reference)
    )


def _in_reach(assertion: Assertion, paths: set[str], evidence: Evidence) -> bool:
    if assertion.place.path in paths:
        return True
    imported = evidence.imported.get(assertion.place.path, frozenset())
    modules = [evidence.modules[path] for path in paths if evidence.modules.get(path)]
    # A module may be imported from a source folder that its full name starts with.
    return any(
        module == name or module.endswith(f".{name}") for module in modules for name in imported
    )


def _of_another(assertion: Assertion, reference: Reference) -> bool:
    last = _last(assertion.name)
    names = {_last(reference.symbol), *(_last(hop.detail) for hop in reference.via)}
    return last.isupper() and last not in names


def _last(name: str) -> str:
    return re.sub(r"[()\[\]]", "", name).rpartition(".")[2]
