"""Tell how near two files of a repository lie to each other."""

from __future__ import annotations

from itertools import takewhile


def nearness(path: str, other: str) -> int:
    """Count the folders that two paths begin with, and the file where it is the same."""
    pairs = zip(path.split("/"), other.split("/"), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
