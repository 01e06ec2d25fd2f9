"""Find the assertions that expect the id of a site, not merely the same text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrator.domain.site import BoundSite, Reference
from migrator.domain.source import Place
from migrator.stages.classify._evidence import Assertion, Evidence


def asserted_at(bound: BoundSite, evidence: Evidence) -> tuple[Place, ...]:
    """Give where tests expect the id that the site's reference defines, in order.

    An assertion counts when its file imports the module of the reference, itself or through a
    package that does, or reads the reference by a name on its path; in the reference's own file,
    when another test function does not keep the reference to itself. It never counts when it
    compares another constant than those the id goes through.
    """
    reference = bound.reference
    if reference is None:
        return ()
    found = evidence.asserted.get(reference.recognised.text, ())
    return tuple(
        each.place
        for each in found
        if _reads(each, reference, evidence) and not _of_another(each, reference)
    )


def asserts_itself(bound: BoundSite, evidence: Evidence) -> bool:
    """Whether the file of the site is a test that expects the site's id."""
    if bound.reference is None:
        return False
    found = evidence.asserted.get(bound.reference.recognised.text, ())
    return any(
        each.place.path == bound.place.path and not _of_another(each, bound.reference)
        for each in found
    )


def _reads(assertion: Assertion, reference: Reference, evidence: Evidence) -> bool:
    if assertion.place.path == reference.path:
        return _shares(assertion, reference)
    if _imports(assertion.place.path, reference.path, evidence):
        return True
    last = _last(assertion.name)
    return any(
        last == _last(hop.detail) and _imports(assertion.place.path, hop.at.path, evidence)
        for hop in reference.via
        if hop.detail
    )


def _shares(assertion: Assertion, reference: Reference) -> bool:
    """Whether a reference of the same file is seen where the assertion stands."""
    parts = reference.symbol.split(".")
    inner = next((n for n, part in enumerate(parts) if part.startswith("test")), None)
    if inner is None:
        return True
    function = ".".join(parts[: inner + 1])
    return assertion.scope == function or assertion.scope.startswith(f"{function}.")


def _imports(path: str, wanted: str, evidence: Evidence) -> bool:
    module = evidence.modules.get(wanted)
    if not module:
        return False
    imported = evidence.imported.get(path, frozenset())
    names = {*imported, *_through_packages(imported, evidence)}
    # A module may be imported from a source folder that its full name starts with.
    return any(module == name or module.endswith(f".{name}") for name in names)


def _through_packages(imported: frozenset[str], evidence: Evidence) -> Iterator[str]:
    for path, module in evidence.modules.items():
        if module in imported and path.endswith("/__init__.py"):
            yield from evidence.imported.get(path, ())


def _of_another(assertion: Assertion, reference: Reference) -> bool:
    last = _last(assertion.name)
    names = {_last(reference.symbol), *(_last(hop.detail) for hop in reference.via)}
    return last.isupper() and last not in names


def _last(name: str) -> str:
    return re.sub(r"[()\[\]]", "", name).rpartition(".")[2]
