"""Write domain values as JSON text: equal values give equal bytes."""

from __future__ import annotations

import dataclasses
import functools
import json
import re
from collections.abc import Mapping
from json.encoder import encode_basestring
from typing import Any

_NO_NUMBERS = frozenset({"NaN", "Infinity", "-Infinity"})
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def json_bytes(value: object) -> bytes:
    """Give UTF-8 JSON with two spaces of indentation, fields in their order, one final newline.

    Half a surrogate pair, which no UTF-8 can hold, is spelled out in the text.
    """
    text = _text(value, "\n") + "\n"
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _LONE_SURROGATE.sub(_spelled, text).encode()


def _spelled(found: re.Match[str]) -> str:
    return f"\\\\u{ord(found.group()):04x}"


def _text(value: Any, margin: str) -> str:  # noqa: ANN401 - any field of any domain type
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, int | float):
        return _number(value)
    inner = margin + "  "
    if isinstance(value, tuple | list):
        return _wrapped("[", [_text(each, inner) for each in value], "]", margin)
    pairs = value.items() if isinstance(value, Mapping) else _pairs(value)
    lines = [f"{encode_basestring(key)}: {_text(each, inner)}" for key, each in pairs]
    return _wrapped("{", lines, "}", margin)


def _number(value: float) -> str:
    text = json.dumps(value)
    # JSON has no infinity and no NaN; a literal of the user's code may be one.
    return encode_basestring(text) if text in _NO_NUMBERS else text


def _wrapped(opening: str, lines: list[str], closing: str, margin: str) -> str:
    if not lines:
        return opening + closing
    inner = margin + "  "
    return f"{opening}{inner}{(',' + inner).join(lines)}{margin}{closing}"


def _pairs(value: object) -> list[tuple[str, object]]:
    kind: Any = type(value)
    return [(name, getattr(value, name)) for name in _names(kind)]


@functools.cache
def _names(kind: Any) -> tuple[str, ...]:  # noqa: ANN401 - any domain dataclass
    return tuple(field.name for field in dataclasses.fields(kind))
