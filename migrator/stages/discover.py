"""Pick the files worth reading, in rounds that stop when nothing new appears."""

from __future__ import annotations

from collections.abc import Iterable

from migrator.domain.ports import Tree

MOST_ROUNDS = 4


def files_using(
    tree: Tree, wanted: Iterable[tuple[str, str]], suffixes: tuple[str, ...]
) -> frozenset[str]:
    """Give the files that hold both words of a pair: a module's and a name's of that module.

    Whoever imports a name writes both; a file with one of them alone is not opened.
    """
    pairs = sorted(set(wanted))
    if not pairs:
        return frozenset()
    words = sorted({word for pair in pairs for word in pair if word})
    return frozenset(
        path
        for path, held in tree.search_words(words).items()
        if path.endswith(suffixes)
        and any(name in held and (not module or module in held) for module, name in pairs)
    )
