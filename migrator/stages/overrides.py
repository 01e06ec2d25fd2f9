"""Find files that set an environment variable whose default the plan would edit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from migrator.domain.plan import Override
from migrator.domain.ports import Tree
from migrator.domain.site import BoundSite
from migrator.domain.source import SourceFile
from migrator.domain.trail import HopKind

SUFFIXES = (".yml", ".yaml", ".env", ".toml", ".ini", ".cfg", ".tf", ".sh", ".json", ".properties")
NAMES = ("Dockerfile", "Procfile", "Makefile", ".env")


def find_overrides(sites: Iterable[BoundSite], tree: Tree) -> tuple[Override, ...]:
    """List the lines that set such a variable: the key, never its value."""
    variables = {
        hop.detail
        for site in sites
        if site.reference
        for hop in site.reference.via
        if hop.kind is HopKind.ENVIRONMENT and hop.detail.isidentifier()
    }
    if not variables:
        return ()
    found = tree.search_words(sorted(variables))
    return tuple(
        sorted(
            (
                override
                for path in found
                if _configures(path)
                for override in _of_file(tree, path, variables)
            ),
            key=lambda each: (each.path, each.line, each.key),
        )
    )


def _configures(path: str) -> bool:
    name = path.rpartition("/")[2]
    return name.endswith(SUFFIXES) or name.startswith(NAMES)


def _of_file(tree: Tree, path: str, keys: Iterable[str]) -> Iterator[Override]:
    source = tree.read(path)
    if not isinstance(source, SourceFile):
        return
    names = "|".join(re.escape(each) for each in sorted(keys))
    setting = re.compile(
        rf"""^\s*(?:-\s*)?(?:export\s+|ENV\s+|ARG\s+)?["']?({names})["']?\s*[:=]\s*\S"""
    )
    for number, line in enumerate(source.content.decode("utf-8", "replace").splitlines(), 1):
        found = setting.match(line)
        if found:
            yield Override(path=path, line=number, key=found.group(1))
