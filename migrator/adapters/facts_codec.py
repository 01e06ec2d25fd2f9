"""Turn facts into bytes and back, quickly, for the cache and for worker processes.

The bytes are a pickle, which is twenty times as fast to read as anything written in Python, read
by an unpickler that knows the frozen types of facts and nothing else: it can make such values,
and can neither import nor call anything. Whatever else such bytes ask for is refused.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from copyreg import dispatch_table
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Any

from migrator.domain import expression, facts, source
from migrator.domain.facts import FileFacts
from migrator.domain.source import Skipped

_MODULES = (source, expression, facts)


def encode_facts(value: FileFacts | Skipped) -> bytes:
    """Give the bytes of a file's facts."""
    written = io.BytesIO()
    pickler = pickle.Pickler(written, protocol=5)
    pickler.dispatch_table = {**dispatch_table, **_reducers()}
    pickler.dump(value)
    return written.getvalue()


def decode_facts(content: bytes) -> FileFacts | Skipped | None:
    """Read the bytes of a file's facts; None when they are not exactly that."""
    try:
        value = _FactsUnpickler(io.BytesIO(content)).load()
    except Exception:  # noqa: BLE001 - broken bytes break in any way; facts are then read anew
        return None
    return value if isinstance(value, FileFacts | Skipped) else None


class _FactsUnpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - as in the base
        """Give a type of facts. Raises UnpicklingError for anything else."""
        found = _types().get((module, name))
        if found is None:
            raise pickle.UnpicklingError(f"{module}.{name} is no type of facts")
        return found


@cache
def _types() -> dict[tuple[str, str], type]:
    return {
        (kind.__module__, kind.__qualname__): kind
        for module in _MODULES
        for kind in vars(module).values()
        if isinstance(kind, type)
        and kind.__module__ == module.__name__
        and (is_dataclass(kind) or issubclass(kind, Enum))
    }


@cache
def _reducers() -> dict[type, Callable[[Any], Any]]:
    """Say how each type is taken apart: into its fields, in the order its constructor takes."""
    return {kind: _reducer(kind) for kind in _types().values() if is_dataclass(kind)}


def _reducer(kind: Any) -> Callable[[Any], Any]:  # noqa: ANN401 - any dataclass of the domain
    names = [each.name for each in fields(kind)]
    if len(names) == 1:
        first = attrgetter(names[0])
        return lambda value: (kind, (first(value),))
    every = attrgetter(*names)
    return lambda value: (kind, every(value))
