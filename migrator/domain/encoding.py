"""Write domain values as JSON: keys in field order, two spaces, the same bytes for equal input."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from json.encoder import encode_basestring

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_STEP = "  "


def encode(value: object) -> str:
    """Give the JSON text of a domain value, with a final newline.

    Raises TypeError for a value that has no place in a plan.
    """
    return _encode(value, "\n") + "\n"


def _encode(value: object, line: str) -> str:
    if isinstance(value, str):
        return _quote(value)
    if value is None or isinstance(value, int | float):
        return _scalar(value)
    if isinstance(value, tuple | list):
        return _brackets("[", (_encode(each, line + _STEP) for each in value), "]", line)
    if isinstance(value, Mapping):
        return _members(value.items(), line)
    if is_dataclass(value) and not isinstance(value, type):
        return _members(((key, getattr(value, key)) for key in _keys(type(value))), line)
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")


def _members(pairs: Iterable[tuple[str, object]], line: str) -> str:
    inner = line + _STEP
    return _brackets(
        "{", (f"{_quote(key)}: {_encode(each, inner)}" for key, each in pairs), "}", line
    )


def _brackets(opening: str, items: Iterable[str], closing: str, line: str) -> str:
    inner = line + _STEP
    body = f",{inner}".join(items)
    return f"{opening}{inner}{body}{line}{closing}" if body else opening + closing


def _scalar(value: float | None) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value)


def _quote(text: str) -> str:
    quoted = encode_basestring(text)
    # A path that is not UTF-8 carries lone surrogates, which no file could be written with.
    return _LONE_SURROGATE.sub(lambda found: f"\\u{ord(found.group()):04x}", quoted)


@cache
def _keys(kind: type) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind))
