"""Look into the submodules of a work tree, which are repositories of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from migrator.adapters.git_command import Git
from migrator.adapters.tracked_files import TrackedFiles
from migrator.domain.line_pattern import LinePattern


def submodule_matches(
    git: Git, submodules: Iterable[str], patterns: Iterable[LinePattern]
) -> Mapping[str, int | None]:
    """Count the files in each submodule that match any pattern; None where it is not checked out.

    Submodules in which none does are left out.
    """
    wanted = tuple(patterns)
    found: dict[str, int | None] = {}
    for path in submodules:
        folder = git.folder / path
        if not (folder / ".git").exists():
            found[path] = None
        elif count := len(TrackedFiles(Git(folder)).search(wanted)):
            found[path] = count
    return found
