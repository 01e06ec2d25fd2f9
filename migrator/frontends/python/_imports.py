"""Read imports, and name modules by their path."""

from __future__ import annotations

import ast

from migrator.domain.facts import Import
from migrator.frontends.python._reading import Reading


def module_name(path: str) -> str:
    """Name the module at a repository-relative path: `app/desk.py` is `app.desk`."""
    parts = path.rpartition(".")[0].split("/")
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def package_of(path: str) -> tuple[str, ...]:
    """Give the package that relative imports in the file at `path` start from."""
    return tuple(path.split("/")[:-1])


def read_import(reading: Reading, node: ast.Import) -> None:
    """Read `import a.b`, which brings in `a`, and `import a.b as c`, which brings in `a.b`."""
    for alias in node.names:
        module = alias.name if alias.asname else alias.name.partition(".")[0]
        local = alias.asname or module
        found = Import(local, module, None, reading.at(alias), reading.scope.symbol)
        reading.imports.append(found)


def read_import_from(reading: Reading, node: ast.ImportFrom) -> None:
    """Read `from module import symbol`, a relative module resolved against the file's package."""
    module = _absolute(reading.package, node.level, node.module or "")
    for alias in node.names:
        local = alias.asname or alias.name
        found = Import(local, module, alias.name, reading.at(alias), reading.scope.symbol)
        reading.imports.append(found)


def _absolute(package: tuple[str, ...], level: int, module: str) -> str:
    """Resolve a relative module; one that leaves the repository keeps a dot for each step out."""
    if level == 0:
        return module
    steps = level - 1
    beyond = "." * max(0, steps - len(package))
    parts = package[: max(0, len(package) - steps)]
    return beyond + ".".join((*parts, module) if module else parts)
