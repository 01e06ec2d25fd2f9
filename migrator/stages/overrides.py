"""Find files that set an environment variable whose default the plan would edit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from migrator.domain.environment_files import PATHS, configures_environment
from migrator.domain.plan import Override
from migrator.domain.ports import Tree
from migrator.domain.site import BoundSite
from migrator.domain.source import SourceFile
from migrator.domain.trail import HopKind

# `KEY: value`, `KEY=value`, `- KEY=value`, `export KEY=value`, `ENV KEY value`
_SETTING = (
    r"""^\s*(?:-\s*)?(?:export\s+|ENV\s+|ARG\s+)?["']?(KEYS)["']?\s*[:=]\s*\S"""
    r"""|^\s*ENV\s+(KEYS)\s+\S"""
)
# `- name: KEY`, with `value: …` on the next line, as Kubernetes has it
_NAMED = r"""^\s*-?\s*name:\s*["']?(KEYS)["']?\s*$"""
_GIVEN = re.compile(r"^\s*value(?:From)?:")


def find_overrides(sites: Iterable[BoundSite], tree: Tree, scope: str = "") -> tuple[Override, ...]:
    """List the lines that set such a variable: the key, never its value.

    With a `scope`, only files in it and in the folders above it speak of its programs.
    """
    variables = {
        hop.detail
        for site in sites
        if site.reference
        for hop in site.reference.via
        if hop.kind is HopKind.ENVIRONMENT and hop.detail.isidentifier()
    }
    if not variables:
        return ()
    found = tree.search_words(sorted(variables), PATHS)
    return tuple(
        sorted(
            (
                override
                for path in found
                if configures_environment(path) and _speaks_of(path, scope)
                for override in _of_file(tree, path, variables)
            ),
            key=lambda each: (each.path, each.line, each.key),
        )
    )


def overriding_lines(
    sites: Iterable[BoundSite], tree: Tree, hits: Iterable[str]
) -> Mapping[tuple[str, int], str]:
    """Give the lines that set a variable which code reads with a default, with its name.

    The value may stand on the next line, as Kubernetes has it. Nothing is looked for where no file
    of an environment names a model.
    """
    if not any(configures_environment(path) for path in hits):
        return {}
    found = find_overrides(sites, tree)
    next_lines = {(each.path, each.line + 1): each.key for each in found}
    return {**next_lines, **{(each.path, each.line): each.key for each in found}}


def _speaks_of(path: str, scope: str) -> bool:
    folder = path.rpartition("/")[0]
    above = not folder or f"{scope}/".startswith(f"{folder}/")
    return not scope or above or path.startswith(f"{scope}/")


def _of_file(tree: Tree, path: str, keys: Iterable[str]) -> Iterator[Override]:
    source = tree.read(path)
    if not isinstance(source, SourceFile):
        return
    names = "|".join(re.escape(each) for each in sorted(keys))
    lines = source.content.decode("utf-8", "replace").splitlines()
    setting = re.compile(_SETTING.replace("KEYS", names))
    named = re.compile(_NAMED.replace("KEYS", names))
    for number, (line, following) in enumerate(zip(lines, [*lines[1:], ""], strict=True), 1):
        found = setting.match(line) or (named.match(line) if _GIVEN.match(following) else None)
        if found:
            yield Override(path=path, line=number, key=found[found.lastindex or 0])
