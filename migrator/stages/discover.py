"""Pick the files worth reading, in rounds that stop when nothing new appears."""

from __future__ import annotations

import re
from collections.abc import Iterable

from migrator.domain.ports import Tree
from migrator.domain.source import SourceFile

MOST_ROUNDS = 4
MOST_WORDS = 500
FEW_FILES = 50
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
    found = _holding(tree, ({name for _, name in pairs}, {module for module, _ in pairs}), suffixes)
    return frozenset(
        path for path in found if path.endswith(suffixes) and _holds_a_pair(tree, path, pairs)
    )


def _holding(
    tree: Tree, both: tuple[set[str], set[str]], suffixes: tuple[str, ...]
) -> frozenset[str]:
    """Give the files that hold a word of each set, or of the smaller one where one is vast.

    A search for thousands of words takes longer than reading the files that hold one of a few, and
    so does a search of everything where only a few files hold one.
    """
    few, many = sorted(both, key=len)
    within = tuple(f"*{each}" for each in suffixes)
    found = frozenset(tree.search_words(sorted(few), within))
    if len(found) <= FEW_FILES or len(many) > MOST_WORDS:
        return found
    return found.intersection(tree.search_words(sorted(many), within))


def _holds_a_pair(tree: Tree, path: str, pairs: Iterable[tuple[str, str]]) -> bool:
    source = tree.read(path)
    if not isinstance(source, SourceFile):
        return False
    held = frozenset(WORD.findall(source.content))
    return any(module.encode() in held and name.encode() in held for module, name in pairs)
