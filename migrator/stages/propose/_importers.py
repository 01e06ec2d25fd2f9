"""Find the tests and evals that import a module, by their import lines alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from migrator.domain.ports import Tree
from migrator.domain.roles import is_test
from migrator.domain.source import SourceFile

_IMPORT = re.compile(
    rb"^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import[ \t]+(\([^)]*\)|[^\n#]+)|import[ \t]+([^\n#]+))",
    re.MULTILINE,
)
_EVAL = re.compile(r"(?:^|/)(?:evals?|evaluations?|benchmarks?)/|(?:^|[/_])evals?(?:_|\.py$)")

# Patterns of paths that are tests or evals, and of some others.
_PATHS = tuple(
    f"*{each}*.py" for each in ("[Tt][Ee][Ss][Tt]", "[Ee]2[Ee]", "spec", "eval", "benchmark")
)


def find_importers(modules: Iterable[str], tree: Tree) -> Mapping[str, tuple[str, ...]]:
    """Map each dotted module to the paths of the tests and evals that import it."""
    names = {tail: module for module in sorted(modules) for tail in _tails(module)}
    stems = sorted({module.rpartition(".")[2] for module in names.values()})
    found: defaultdict[str, set[str]] = defaultdict(set)
    for path in tree.search_words(stems, _PATHS):
        source = tree.glance(path) if is_test(path) or _EVAL.search(path) else None
        if isinstance(source, SourceFile):
            for name in _imported(source.content):
                if name in names:
                    found[names[name]].add(path)
    return {module: tuple(sorted(paths)) for module, paths in found.items()}


def _imported(content: bytes) -> Iterator[str]:
    """Yield what a file imports: modules, and `module.name` for every name from one."""
    for match in _IMPORT.finditer(content):
        texts = ((part or b"").decode("utf-8", "replace") for part in match.groups())
        whole, some, plain = texts
        for each in plain.split(","):
            yield each.split(" as ")[0].strip()
        if whole:
            yield whole.lstrip(".")
            for each in some.strip("()").split(","):
                yield f"{whole}.{each.split(' as ')[0].strip()}".lstrip(".")


def _tails(module: str) -> Iterator[str]:
    """Yield the names under which a module can be imported: from any folder above it.

    A single word is too little to tell a module inside a package.
    """
    parts = module.split(".")
    for start in range(max(1, len(parts) - 1)):
        yield ".".join(parts[start:])
