"""Tell whether a file that configures an environment, or changes it, concerns a program."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial

from migrator.domain.environment_files import is_of_tests, project_of
from migrator.domain.ports import Facts, Tree
from migrator.domain.roles import is_test
from migrator.domain.site import BoundSite
from migrator.stages.environment._programs import imported, run_together


@dataclass(frozen=True, slots=True)
class Near:
    """The folder of the programs that each file speaks of, and which files may run together.

    In a repository of several projects, each has an environment of its own.
    """

    homes: Mapping[str, str]
    together: Callable[[str, str], bool]

    def speaks_of(self, path: str, program: str) -> bool:
        """Whether a file speaks of a program; what only tests run under speaks of tests."""
        home = self.homes[path]
        below = not home or program.startswith(f"{home}/")
        return below and (not is_of_tests(path) or is_test(program))


def near_of(
    tree: Tree, source: Facts, sites: Iterable[BoundSite], files: Iterable[str], *, changed: bool
) -> Near:
    """Find the folders that these files speak of, by where the sites and the projects are.

    Programs are listed where one of them `changed` the environment.
    """
    wanted = tuple(files)
    if not wanted and not changed:
        return Near({}, lambda _one, _other: False)
    folders = frozenset(folder for site in sites for folder in _folders(site.place.path))
    paths = frozenset(tree.paths())
    homes = {each: project_of(each, paths, folders) for each in wanted}
    programs = frozenset(filter(source.is_program, paths))
    imports = cache(partial(imported, source))
    return Near(homes, cache(partial(run_together, imports, programs)))


def _folders(path: str) -> Iterator[str]:
    while path:
        path = path.rpartition("/")[0]
        yield path
