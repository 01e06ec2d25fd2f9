"""Find users of a prompt that are on no path from it to a known call."""

from __future__ import annotations

from collections.abc import Sequence
from glob import escape

from migrator.adapters.facts_reader import FactsReader
from migrator.commands._measured import measured
from migrator.commands._other_calls import called_elsewhere
from migrator.domain.facts import FileFacts
from migrator.domain.nearness import nearness
from migrator.domain.ports import Tree
from migrator.domain.prompt import PromptKind, PromptSurface
from migrator.domain.site import DecidedSite
from migrator.domain.trail import HopKind

_NAMED = frozenset({HopKind.ASSIGNMENT, HopKind.IMPORT, HopKind.FIELD})
_SHORT = 3


def used_elsewhere(
    surface: PromptSurface, users: Sequence[DecidedSite], reader: FactsReader
) -> str:
    """Say where else a prompt is used: another model's call, a test of it, a file on no known path.

    Such a file uses the prompt's name and leads from the prompt to no call that is known.
    """
    tree = reader.tree
    known: set[str] = {surface.path}
    names: set[str] = set()
    for site in users:
        known.add(site.bound.place.path)
        for link in site.judged.classified.paired.prompts:
            if link.surface is not None and link.surface.at == surface.at:
                known |= {hop.at.path for hop in link.via}
                names |= {hop.detail for hop in link.via if hop.kind in _NAMED}
    words = {each.rpartition(".")[2] for each in names}
    own = {each for each in words - _modules(known) if each.isidentifier() and len(each) > _SHORT}
    for path in sorted(known):
        facts = reader.facts(path)
        place = called_elsewhere(surface, users, facts) if isinstance(facts, FileFacts) else None
        if place is not None:
            return f"it is also handed to another model in {place.path}:{place.line}"
        place = measured(surface, users, facts) if isinstance(facts, FileFacts) else None
        if place is not None:
            return f"{place.path}:{place.line} counts on its very text"
    if surface.kind not in {PromptKind.CONSTANT, PromptKind.FUNCTION}:
        return ""
    suffix = surface.path.rpartition(".")[2]
    found = tree.search_words(sorted(own), (f"*{escape(suffix)}",)) if own else ()
    strangers = [each for each in found if each not in known]
    if not strangers:
        return ""
    importers = _importers(strangers, known, tree)
    nearest = next(iter(_nearest(importers, surface.path, tree)), "")
    return f"its text is also used in {nearest}, where no call of ours is seen" if nearest else ""


def _importers(strangers: Sequence[str], known: set[str], tree: Tree) -> Sequence[str]:
    """Give the files that name a module of the path, or lie in a package that is on it.

    Any other file means a name of its own, such as one of many constants `INSTRUCTIONS`.
    """
    packages = _packages(known)
    words = sorted(each for each in _modules(known) if each.isidentifier())
    naming = set(tree.search_words(words) if words else ())
    return [
        each
        for each in strangers
        if each in naming or any(each.startswith(f"{folder}/") for folder in packages if folder)
    ]


def _nearest(importers: Sequence[str], path: str, tree: Tree) -> Sequence[str]:
    """Give the files to which no other copy of the module is nearer than this one."""
    name = path.rpartition("/")[2]
    copies = [each for each in tree.paths() if each.rpartition("/")[2] == name and each != path]
    return [
        each
        for each in importers
        if all(nearness(each, copy) <= nearness(each, path) for copy in copies)
    ]


def _modules(paths: set[str]) -> set[str]:
    """Give the last names of modules and packages."""
    names = {each.rpartition("/")[2].partition(".")[0] for each in paths}
    return (names - {"__init__"}) | {each.rpartition("/")[2] for each in _packages(paths)}


def _packages(paths: set[str]) -> set[str]:
    parted = [each.rpartition("/") for each in paths]
    return {folder for folder, _, name in parted if name.startswith("__init__.")}
