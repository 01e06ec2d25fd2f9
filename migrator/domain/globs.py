"""Match repository-relative paths with globs: `*` stays in a folder, `**` crosses folders."""

from __future__ import annotations

import re
from collections.abc import Iterable


def matches(path: str, glob: str) -> bool:
    """Tell whether a path fits a glob; a glob that names a folder covers all below it."""
    folder = glob.rstrip("/")
    if path == folder or path.startswith(f"{folder}/"):
        return True
    return re.fullmatch(_expression(glob), path) is not None


def matches_any(path: str, globs: Iterable[str]) -> bool:
    """Tell whether a path fits one of several globs."""
    return any(matches(path, glob) for glob in globs)


def _expression(glob: str) -> str:
    pieces = re.split(r"(\*\*/|\*\*|\*|\?)", glob)
    meaning = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    body = "".join(meaning.get(piece, re.escape(piece)) for piece in pieces)
    return body if "/" in glob else f"(?:.*/)?{body}"
