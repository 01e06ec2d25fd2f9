"""Propose how to validate a site, from the tests that the repository has «validation.1, .4»."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from migrator.domain.facts import FileFacts
from migrator.domain.roles import is_test
from migrator.domain.site import DecidedSite

CLAUSES = (
    "string-only.8",
    "scope.6",
    "validation.1",
    "validation.2",
    "validation.3",
    "validation.4",
    "validation.6",
)

MOST_TESTS = 3
SPOT_CHECK = "no test read here imports this module: compare realistic calls on both models"


def tests_by_import(files: Iterable[FileFacts]) -> Mapping[str, tuple[str, ...]]:
    """Map what the tests import, as they write it, to their paths."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for facts in files:
        if is_test(facts.path):
            for each in facts.imports:
                found[each.module].add(facts.path)
                if each.symbol:
                    found[f"{each.module}.{each.symbol}"].add(facts.path)
    return {name: tuple(sorted(paths)) for name, paths in found.items()}


def propose_validation(
    site: DecidedSite, tests: Mapping[str, tuple[str, ...]], modules: Mapping[str, str]
) -> tuple[str, ...]:
    """Name the tests that import the site's module, else ask for spot checks.

    `modules` maps paths to dotted modules. Only files that were read for their mentions or
    clients are known here; a test that reaches the site in another way is not named.
    """
    call = site.bound.call
    path = call.frame.path if call else site.bound.place.path
    module = modules.get(path, "")
    reaching = {test for name in _tails(module) for test in tests.get(name, ()) if test != path}
    if not reaching:
        return (SPOT_CHECK,)
    return tuple(f"run {test}, which imports {module}" for test in sorted(reaching)[:MOST_TESTS])


def _tails(module: str) -> Iterator[str]:
    """Yield the names under which a module can be imported: from any folder above it."""
    parts = module.split(".")
    for start in range(len(parts)):
        yield ".".join(parts[start:])
