"""Propose how to validate a site, from what the repository has «validation.1 to validation.6»."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from migrator.domain.ports import Tree
from migrator.domain.roles import is_test
from migrator.domain.site import DecidedSite, Outcome
from migrator.stages.propose._commands import Commands, find_commands
from migrator.stages.propose._contracts import contracts
from migrator.stages.propose._importers import find_importers

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
SPOT_CHECK = "no test imports this module: compare realistic calls on both models"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """What a repository has to validate with.

    `importers` maps a dotted module to the tests and evals that import it.
    """

    commands: Commands = field(default_factory=Commands)
    importers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def find_checks(sites: Iterable[DecidedSite], modules: Mapping[str, str], tree: Tree) -> Checks:
    """Look for the tests and evals of these sites, and for the commands that run them.

    `modules` maps paths to dotted modules. Only what imports a site's own module is found: a test
    that reaches it by another module is not.
    """
    wanted = {modules[path] for path in map(_path, sites) if modules.get(path)}
    if not wanted:
        return Checks()
    return Checks(commands=find_commands(tree), importers=find_importers(wanted, tree))


def propose_validation(
    site: DecidedSite, checks: Checks, modules: Mapping[str, str]
) -> tuple[str, ...]:
    """Say what to run, which contract to look at first, and what to compare.

    A site that is to stay as it is gets no proposal.
    """
    if site.outcome is Outcome.NO_CHANGE:
        return ()
    path = _path(site)
    module = modules.get(path, "")
    reaching = [each for each in checks.importers.get(module, ()) if each != path]
    return (*_runs(reaching, module, checks.commands), *contracts(site))


def _runs(reaching: list[str], module: str, commands: Commands) -> Iterator[str]:
    tests = [each for each in reaching if is_test(each)]
    for test in tests[:MOST_TESTS]:
        yield f"run `{commands.test} {test}`, which imports {module}"
    if len(tests) > MOST_TESTS:
        yield f"{len(tests) - MOST_TESTS} more tests import {module}"
    for each in [each for each in reaching if each not in tests][:1]:
        yield f"run the eval {each}, which imports {module}"
    if commands.evaluate:
        yield f"run `{commands.evaluate}` ({commands.evaluate_at}), the evals of this repository"
    if not reaching:
        yield SPOT_CHECK


def _path(site: DecidedSite) -> str:
    call = site.bound.call
    return call.frame.path if call else site.bound.place.path
