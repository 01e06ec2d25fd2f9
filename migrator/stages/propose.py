"""Propose how to validate a site, from the tests that the repository has «validation.1, .4»."""

from __future__ import annotations

from collections.abc import Iterable

from migrator.domain.facts import FileFacts
from migrator.domain.site import DecidedSite

MOST_TESTS = 3


def propose_validation(site: DecidedSite, files: Iterable[FileFacts]) -> tuple[str, ...]:
    """Name the tests that import the site's module, else ask for spot checks.

    Only files that were read for their mentions or clients are known here; a test that reaches
    the site in another way is not named.
    """
    call = site.bound.call
    path = call.frame.path if call else site.bound.place.path
    module = _module(path, files)
    tests = sorted(
        each.path
        for each in files
        if each.path != path and _is_test(each.path) and _imports(each, module)
    )
    if tests:
        return tuple(f"run {test}, which imports {module}" for test in tests[:MOST_TESTS])
    return ("no test read here imports this module: compare realistic calls on both models",)


def _module(path: str, files: Iterable[FileFacts]) -> str:
    return next((each.module for each in files if each.path == path), "")


def _is_test(path: str) -> bool:
    name = path.rpartition("/")[2]
    return name.startswith("test_") or name.endswith("_test.py") or "/tests/" in f"/{path}"


def _imports(facts: FileFacts, module: str) -> bool:
    for each in facts.imports:
        named = f"{each.module}.{each.symbol}" if each.symbol else each.module
        if any(module == one or module.endswith(f".{one}") for one in (named, each.module)):
            return True
    return False
