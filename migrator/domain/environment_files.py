"""Tell the files that configure the environment of a program: the one definition."""

from __future__ import annotations

SUFFIXES = (".yml", ".yaml", ".env", ".toml", ".ini", ".cfg", ".tf", ".sh", ".json", ".properties")
NAMES = ("Dockerfile", "Procfile", "Makefile", ".env")

# Patterns of the same paths, for a search.
PATHS = (
    *(f"*{each}" for each in SUFFIXES),
    *(f"{start}{each}*" for each in NAMES for start in ("", "*/")),
)


def configures_environment(path: str) -> bool:
    """Tell whether a file may set environment variables of the project's programs."""
    name = path.rpartition("/")[2]
    return name.endswith(SUFFIXES) or name.startswith(NAMES)
