"""Tell an entry of a list of models in a data file from a setting of a program."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from migrator.domain.mention import Mention
from migrator.stages.account._catalogue import DESCRIBED

_KEY = re.compile(r"""^(\s*)(-\s+)?["']?([\w.-]+)["']?\s*:\s*(.*)$""")
_INLINE = re.compile(r"""[{,]\s*["']?([\w.-]+)["']?\s*:\s*["']?([^"',}]*)""")
_MODEL = re.compile(r"^(?:[\w.-]+/)*(?:gpt-\d|o\d(?:-|$)|chatgpt-|claude-|gemini)", re.IGNORECASE)
_REACH = 2000  # bytes to look at in either direction


def described_beside(mention: Mention, content: bytes) -> str:
    """Say what describes a model in the entry around a mention; empty where nothing does.

    The entry is the inline table on the mention's line, or the lines of its indentation around it.
    """
    for key, value in _entry(mention, content):
        plain = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", key).lower().replace("-", "_")
        if DESCRIBED.search(plain):
            return f"described beside its {key}"
        if plain in {"name", "id"} and _MODEL.match(value.strip("\"' ")):
            return f"described beside the model that is its {key}"
    return ""


def _entry(mention: Mention, content: bytes) -> Iterator[tuple[str, str]]:
    begin = content.rfind(b"\n", 0, mention.at.start) + 1
    end = content.find(b"\n", mention.at.start)
    line = content[begin : end if end >= 0 else len(content)].decode("utf-8", "replace")
    table = line[line.rfind("{", 0, mention.at.start - begin) :] if "{" in line else ""
    if table:
        yield from _INLINE.findall(table.partition("}")[0])
        return
    own = _KEY.match(line)
    if own is None:
        return
    depth = len(own[1]) + len(own[2] or "")
    yield own[3], own[4]
    before = content[max(begin - _REACH, 0) : begin].decode("utf-8", "replace").split("\n")
    after = content[end : end + _REACH].decode("utf-8", "replace").split("\n") if end >= 0 else []
    yield from _siblings(after, depth, ends_at_item=True)
    if not own[2]:
        yield from _siblings(reversed(before), depth, ends_at_item=False)


def _siblings(lines: Iterable[str], depth: int, *, ends_at_item: bool) -> Iterator[tuple[str, str]]:
    """Give the pairs of one indentation, up to where the entry ends."""
    for line in lines:
        if not line.strip():
            continue
        found = _KEY.match(line)
        indent = len(line) - len(line.lstrip())
        if found and len(found[1]) + len(found[2] or "") == depth:
            if found[2] and ends_at_item:
                return
            yield found[3], found[4]
            if found[2]:
                return
        elif indent < depth:
            return
