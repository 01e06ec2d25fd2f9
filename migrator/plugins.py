"""Find plug-ins: every public module of a package exports one typed constant."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from types import ModuleType
from typing import TypeVar

T = TypeVar("T")


def plugins(package: ModuleType, constant: str, kind: type[T]) -> tuple[T, ...]:
    """Give the `constant` of every public module of `package`, in the order of module names.

    Raises TypeError when a module lacks it or holds something else: that is a bug in the module.
    """
    found: list[T] = []
    for entry in sorted(pkgutil.iter_modules(package.__path__), key=lambda each: each.name):
        if entry.name.startswith("_"):
            continue
        module = importlib.import_module(f"{package.__name__}.{entry.name}")
        value = getattr(module, constant, None)
        if not isinstance(value, kind):
            raise TypeError(f"{module.__name__} must export {constant}: {kind.__name__}")
        found.append(value)
    return tuple(found)


def declared(package: ModuleType, constant: str) -> Mapping[str, tuple[str, ...]]:
    """Give the texts that modules of `package`, at any depth, declare under `constant`, by module.

    Modules that declare none are left out.
    """
    found: dict[str, tuple[str, ...]] = {}
    for entry in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        value = getattr(importlib.import_module(entry.name), constant, ())
        if value:
            found[entry.name] = tuple(value)
    return found
