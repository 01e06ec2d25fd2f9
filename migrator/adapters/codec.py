"""Turn values of the domain into bytes and back, quickly, for the cache and for worker processes.

The bytes are a pickle, which is twenty times as fast to read as anything written in Python, read
by an unpickler that knows the frozen types of some modules and nothing else: it can make such
values, and can neither import nor call anything. Whatever else such bytes ask for is refused.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from copyreg import dispatch_table
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from functools import cache
from operator import attrgetter
from types import ModuleType
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Codec(Generic[T]):
    """Writes and reads values of the types `roots`, made of nothing but what `modules` define."""

    roots: tuple[type[T], ...]
    modules: tuple[ModuleType, ...]

    def encode(self, value: T) -> bytes:
        """Give the bytes of a value."""
        written = io.BytesIO()
        pickler = pickle.Pickler(written, protocol=5)
        pickler.dispatch_table = {**dispatch_table, **_reducers(self.modules)}
        pickler.dump(value)
        return written.getvalue()

    def decode(self, content: bytes) -> T | None:
        """Read the bytes of a value; None when they are not exactly that."""
        try:
            value = _Unpickler(content, self.modules).load()
        except Exception:  # noqa: BLE001 - broken bytes break in any way; all is then made anew
            return None
        return value if isinstance(value, self.roots) else None


class _Unpickler(pickle.Unpickler):
    def __init__(self, content: bytes, modules: tuple[ModuleType, ...]) -> None:
        super().__init__(io.BytesIO(content))
        self._types = _types(modules)

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - as in the base
        """Give a known type. Raises UnpicklingError for anything else."""
        found = self._types.get((module, name))
        if found is None:
            raise pickle.UnpicklingError(f"{module}.{name} is no type of these values")
        return found


@cache
def _types(modules: tuple[ModuleType, ...]) -> dict[tuple[str, str], type]:
    return {
        (kind.__module__, kind.__qualname__): kind
        for module in modules
        for kind in vars(module).values()
        if isinstance(kind, type)
        and kind.__module__ == module.__name__
        and (is_dataclass(kind) or issubclass(kind, Enum))
    }


@cache
def _reducers(modules: tuple[ModuleType, ...]) -> dict[type, Callable[[Any], Any]]:
    """Say how each type is taken apart: into its fields, in the order its constructor takes.

    Types that take their fields by name are left to their own `__getstate__`.
    """
    kinds = [each for each in _types(modules).values() if is_dataclass(each)]
    named = {each for each in kinds if any(field.kw_only for field in fields(each))}
    return {kind: _reducer(kind) for kind in kinds if kind not in named}


def _reducer(kind: Any) -> Callable[[Any], Any]:  # noqa: ANN401 - any dataclass of the domain
    names = [each.name for each in fields(kind)]
    if len(names) == 1:
        first = attrgetter(names[0])
        return lambda value: (kind, (first(value),))
    every = attrgetter(*names)
    return lambda value: (kind, every(value))
