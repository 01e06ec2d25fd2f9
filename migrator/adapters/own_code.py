"""Tell one state of this tool's own code from another."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from migrator import __version__

_PACKAGE = Path(__file__).resolve().parents[1]


@cache
def code_stamp() -> str:
    """Give a digest of the version, the Python that runs it, and the state of every module.

    A checkout that is worked on keeps its version while its code changes; so the size and time of
    each file count too.
    """
    parts = [__version__, sys.version, *sorted(_modules(os.fspath(_PACKAGE)))]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _modules(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    yield from _modules(entry.path)
            elif entry.name.endswith(".py"):
                status = entry.stat()
                yield f"{entry.path}\0{status.st_size}\0{status.st_mtime_ns}"
