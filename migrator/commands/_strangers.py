"""Find users of a prompt that are on no path from it to a known call."""

from __future__ import annotations

from collections.abc import Sequence

from migrator.domain.ports import Tree
from migrator.domain.prompt import PromptKind, PromptSurface
from migrator.domain.site import DecidedSite
from migrator.domain.trail import HopKind

_NAMED = frozenset({HopKind.ASSIGNMENT, HopKind.IMPORT, HopKind.FIELD})


def used_elsewhere(surface: PromptSurface, users: Sequence[DecidedSite], tree: Tree) -> str:
    """Name a file that uses a prompt's name and is on no path from the prompt to a known call."""
    if surface.kind not in {PromptKind.CONSTANT, PromptKind.FUNCTION}:
        return ""
    known: set[str] = {surface.path}
    names: set[str] = set()
    for site in users:
        known.add(site.bound.place.path)
        for link in site.judged.classified.paired.prompts:
            if link.surface is not None and link.surface.at == surface.at:
                known |= {hop.at.path for hop in link.via}
                names |= {hop.detail for hop in link.via if hop.kind in _NAMED}
    words = {each.rpartition(".")[2] for each in names}
    own = {each for each in words if each.isidentifier() and len(each) > 3}  # noqa: PLR2004
    found = tree.search_words(sorted(own)) if own else ()
    suffix = surface.path.rpartition(".")[2]
    strangers = [each for each in found if each not in known and each.endswith(suffix)]
    return next(iter(_importers(strangers, known, tree)), "") if strangers else ""


def _importers(strangers: Sequence[str], known: set[str], tree: Tree) -> Sequence[str]:
    """Give the files that name a module of the path, or lie in a package that is on it.

    Any other file means a name of its own, such as one of many constants `INSTRUCTIONS`.
    """
    parted = [each.rpartition("/") for each in known]
    packages = {folder for folder, _, name in parted if name.startswith("__init__.")}
    modules = {name.partition(".")[0] for _, _, name in parted} - {"__init__"}
    modules |= {each.rpartition("/")[2] for each in packages}
    words = sorted(each for each in modules if each.isidentifier())
    naming = set(tree.search_words(words) if words else ())
    return [
        each
        for each in strangers
        if each in naming or any(each.startswith(f"{folder}/") for folder in packages if folder)
    ]
