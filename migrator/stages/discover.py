"""Pick the files worth reading, in rounds that stop when nothing new appears."""

from __future__ import annotations

import re
from collections.abc import Iterable

from migrator.domain.ports import Tree
from migrator.domain.source import SourceFile

MOST_ROUNDS = 4
WORD = re.compile(rb"\w+")


def files_using(
    tree: Tree, wanted: Iterable[tuple[str, str]], suffixes: tuple[str, ...]
) -> frozenset[str]:
    """Give the files that hold both words of a pair: a module's and a name's of that module.

    Whoever imports a name writes both; a file with one of them alone is not parsed.
    """
    pairs = sorted(set(wanted))
    if not pairs:
        return frozenset()
    named = set(tree.search_words(sorted({name for _, name in pairs}), suffixes))
    if not named:
        return frozenset()
    modules = sorted({module for module, _ in pairs})
    importing = named.intersection(tree.search_words(modules, suffixes))
    return frozenset(
        path for path in importing if path.endswith(suffixes) and _holds_a_pair(tree, path, pairs)
    )


def _holds_a_pair(tree: Tree, path: str, pairs: Iterable[tuple[str, str]]) -> bool:
    source = tree.read(path)
    if not isinstance(source, SourceFile):
        return False
    held = frozenset(WORD.findall(source.content))
    return any(module.encode() in held and name.encode() in held for module, name in pairs)
