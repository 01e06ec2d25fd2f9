"""Turn parsed TOML into frozen dataclasses, strictly: every refusal names file, key and reason."""

from __future__ import annotations

import dataclasses
import difflib
import types
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TypeVar, Union, get_args, get_origin, get_type_hints

from migrator.domain.errors import PlaybookError

T = TypeVar("T")

_PLAIN = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}


@dataclass(frozen=True, slots=True)
class Key:
    """A place in a playbook file: the file's name and a dotted path such as `models[3].tier`."""

    file: str
    path: str = ""

    def child(self, name: str) -> Key:
        """Give the key below this one."""
        return Key(self.file, f"{self.path}.{name}" if self.path else name)

    def item(self, index: int) -> Key:
        """Give the item of this list, counted from 0."""
        return Key(self.file, f"{self.path}[{index}]")

    def refuse(self, reason: str, next_step: str = "") -> PlaybookError:
        """Make the error for this key."""
        at = f"{self.file}: {self.path}" if self.path else self.file
        step = next_step or f"Correct {self.path or 'the file'} in {self.file}, then run again."
        return PlaybookError(f"{at}: {reason}", step)


@cache
def _hints_of(kind: type) -> Mapping[str, object]:
    return get_type_hints(kind)


def nearest(name: str, known: list[str]) -> str:
    """Suggest the known name that is closest to a misspelt one; empty when none is close."""
    close = difflib.get_close_matches(name, known, n=1)
    return f"; did you mean `{close[0]}`?" if close else ""


class Decoder:
    """Reads tables into dataclasses; looks up each dataclass's annotations once."""

    __slots__ = ("_given", "_hints")

    def __init__(self, given: Mapping[str, object] | None = None) -> None:
        """Take the fields that a file does not write, at any depth (a surface's library)."""
        self._given = given or {}

    def decode(self, kind: type[T], raw: object, at: Key) -> T:
        """Make a `kind` (a dataclass) of a TOML table.

        Raises PlaybookError for an unknown, missing or ill-typed key.
        """
        if not isinstance(raw, dict):
            raise at.refuse(f"must be a table, not {_shown(raw)}")
        hints = _hints_of(kind)  # type: ignore[arg-type]
        fields = dataclasses.fields(kind)  # type: ignore[arg-type]
        values = {each.name: self._given[each.name] for each in fields if each.name in self._given}
        written = [each.name for each in fields if each.name not in values]
        for name in raw:
            if name not in written:
                raise at.child(name).refuse(f"no such key{nearest(name, written)}")
        for each in fields:
            name = each.name
            if name in raw:
                values[name] = self._value(hints[name], raw[name], at.child(name))
            elif name in written and not _has_default(each):
                if types.NoneType not in get_args(hints[name]):
                    raise at.child(name).refuse("is missing")
                values[name] = None
        return kind(**values)

    def _value(self, hint: object, raw: object, at: Key) -> object:
        origin = get_origin(hint)
        if origin in {Union, types.UnionType}:
            return self._either(get_args(hint), raw, at)
        if origin is tuple:
            return self._series(get_args(hint), raw, at)
        if origin is Mapping:
            return self._table(get_args(hint)[1], raw, at)
        if isinstance(hint, type):
            if dataclasses.is_dataclass(hint):
                return self.decode(hint, raw, at)
            if issubclass(hint, StrEnum):
                return _member(hint, raw, at)
            return _scalar(hint, raw, at)
        raise TypeError(f"{at.path}: no way to read {hint}")

    def _either(self, hints: tuple[object, ...], raw: object, at: Key) -> object:
        options = [each for each in hints if each is not types.NoneType]
        if len(options) == 1:
            return self._value(options[0], raw, at)
        if any(type(raw) is each for each in options):
            return raw
        raise at.refuse(f"must be text, a number, true or false, not {_shown(raw)}")

    def _table(self, hint: object, raw: object, at: Key) -> object:
        if not isinstance(raw, dict):
            raise at.refuse(f"must be a table, not {_shown(raw)}")
        return {
            str(name): self._value(hint, each, at.child(str(name))) for name, each in raw.items()
        }

    def _series(self, hints: tuple[object, ...], raw: object, at: Key) -> object:
        if not isinstance(raw, list):
            raise at.refuse(f"must be a list, not {_shown(raw)}")
        many = hints[-1] is Ellipsis
        if not many and len(raw) != len(hints):
            raise at.refuse(f"must have {len(hints)} items, not {len(raw)}")
        each_hint = [hints[0]] * len(raw) if many else list(hints)
        return tuple(
            self._value(hint, item, at.item(index))
            for index, (hint, item) in enumerate(zip(each_hint, raw, strict=True))
        )


def _has_default(each: dataclasses.Field[object]) -> bool:
    missing = dataclasses.MISSING
    return each.default is not missing or each.default_factory is not missing


def _member(kind: type[StrEnum], raw: object, at: Key) -> StrEnum:
    known = [each.value for each in kind]
    if not isinstance(raw, str) or raw not in known:
        close = nearest(raw, known) if isinstance(raw, str) else ""
        raise at.refuse(f"must be one of {', '.join(known)}, not {_shown(raw)}{close}")
    return kind(raw)


def _scalar(kind: type, raw: object, at: Key) -> object:
    if kind is float and type(raw) is int:
        return float(raw)
    if type(raw) is not kind:
        raise at.refuse(f"must be {_PLAIN.get(kind, kind.__name__)}, not {_shown(raw)}")
    return raw


def _shown(raw: object) -> str:
    match raw:
        case dict():
            return "a table"
        case list():
            return "a list"
        case _:
            return repr(raw)
