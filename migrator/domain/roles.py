"""Tell test files by their path, the one role that following itself has to know."""

from __future__ import annotations

NAMES = ("conftest.py", "test.py", "tests.py")
FOLDERS = ("tests/", "test/", "testing/", "__tests__/")


def is_test(path: str) -> bool:
    """Tell whether a path names a test by the conventions of pytest and unittest."""
    name = path.rpartition("/")[2]
    named = name.startswith("test_") or name.endswith("_test.py") or name in NAMES
    return named or any(f"/{folder}" in f"/{path}" for folder in FOLDERS)
