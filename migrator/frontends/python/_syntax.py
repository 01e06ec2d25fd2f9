"""Parse Python of today with any Python that runs the tool, each byte where it stands.

What came with Python 3.12 is spelled as before for an older one (https://peps.python.org/pep-0695/
and https://peps.python.org/pep-0701/): `type X = …` as an assignment, type parameters left out,
and fields of f-strings that only the new grammar takes as an unknown name of the same length.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from contextlib import suppress

from migrator.frontends.python._quoted import Field, Quoted, quoted_in

_ALIAS = re.compile(
    rb"^(?P<indent>[ \t]*)type(?P<gap>[ \t]+)(?P<name>[^\W\d]\w*)[ \t]*(?=[\[=])", re.MULTILINE
)
_PARAMETERS = re.compile(
    rb"^[ \t]*(?:(?:async[ \t]+)?def|class|type)[ \t]+[^\W\d]\w*[ \t]*(?P<open>\[)", re.MULTILINE
)
_DEEPEST = 50


def tree_of(content: bytes) -> ast.Module:
    """Parse a file. Raises SyntaxError, or what else `ast.parse` raises, when that is no Python."""
    try:
        return ast.parse(content)
    except SyntaxError:
        spelled = _as_before(content)
        if spelled == content:
            raise
        with suppress(SyntaxError):
            return ast.parse(spelled)
        raise


def _as_before(content: bytes) -> bytes:
    quoted = tuple(quoted_in(content))
    text = bytearray(content)
    for each in quoted:
        for field in each.fields:
            if _is_new(content, each, field):
                text[field.start : field.end] = b"_" * (field.end - field.start)
    code = _without(content, quoted)
    for start, end in _parameters(code):
        text[start:end] = re.sub(rb"[^\n]", b" ", content[start:end])
    for alias in _ALIAS.finditer(code):
        moved = alias["indent"] + alias["name"]
        text[alias.start() : alias.end("name")] = moved.ljust(alias.end("name") - alias.start())
    return bytes(text)


def _is_new(content: bytes, quoted: Quoted, field: Field) -> bool:
    """Whether a field holds what an older grammar does not take: its quotes, backslashes, lines."""
    inner = content[field.start : field.end]
    breaks = b"\n" in inner and len(quoted.quote) == 1
    return breaks or quoted.quote in inner or b"\\" in inner or b"#" in inner


def _without(content: bytes, quoted: tuple[Quoted, ...]) -> bytes:
    """Blank out strings and comments, so that only code is looked at."""
    code = bytearray(content)
    for each in quoted:
        code[each.start : each.end] = re.sub(rb"[^\n]", b".", content[each.start : each.end])
    return bytes(code)


def _parameters(code: bytes) -> Iterator[tuple[int, int]]:
    """Give where the type parameters of functions, classes and aliases stand, brackets included."""
    for match in _PARAMETERS.finditer(code):
        depth = 0
        for at in range(match.start("open"), len(code)):
            depth += (code[at : at + 1] == b"[") - (code[at : at + 1] == b"]")
            if depth == 0:
                yield match.start("open"), at + 1
                break
            if depth > _DEEPEST:
                break
