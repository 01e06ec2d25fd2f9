"""Put words of our own into a text of a document, and tell such an edit from any other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from migrator.domain.block import PLAIN
from migrator.domain.edit import InsertPrompt, Splice, apply_splices
from migrator.frontends._document import UnreadableError

HOLE = "{…}"
_TAILS = (60, 30, 15, 8, 3, 1)
_MOST_TRIED = 24
_STATEMENT = re.compile(rb"\{%[-+]?\s*(?P<word>\w+)")
_OPENS = frozenset({b"if", b"for", b"block", b"macro", b"call", b"filter", b"with", b"raw"})
_INDENT = re.compile(rb"[ \t]*")
_BREAKS = re.compile(r"\n+")


class Leaf(Protocol):
    """One scalar or mark of a document, as its outline lists it."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def shape(self) -> object: ...
    @property
    def value(self) -> str | None: ...


def lower_insertion(
    outline: Callable[[bytes], Sequence[Leaf]], content: bytes, change: InsertPrompt
) -> Splice | None:
    """Give the splice after which the text reads as wanted; None when no way of writing it does.

    Every way is tried out: what reads otherwise, or changes anything else, is not taken.
    """
    leaves = outline(content)
    found = _leaf_at(leaves, change)
    if found is None:
        return None
    number, inside = found
    leaf = leaves[number]
    value = leaf.value or ""
    wanted = value[:inside] + change.addition + value[inside:]
    for splice in _ways(content, leaf, value[:inside], change.addition):
        try:
            new = outline(apply_splices(content, (splice,)))
        except UnreadableError:
            continue  # this way of writing a line end is none in this language
        values = [each.value for each in new]
        same = [each.shape for each in new] == [each.shape for each in leaves]
        others = values[:number] + values[number + 1 :]
        kept = [each.value for each in (*leaves[:number], *leaves[number + 1 :])]
        if same and others == kept and values[number] == wanted and _unguarded(content, splice):
            return splice
    return None


def is_grown(old: str, new: str) -> bool:
    """Whether a text is another with plain words put in at one place."""
    size = len(new) - len(old)
    pairs = enumerate(zip(old, new, strict=False))
    start = next((n for n, (ours, theirs) in pairs if ours != theirs), len(old))
    added = new[start : start + size]
    return size > 0 and new[start + size :] == old[start:] and bool(PLAIN.fullmatch(added))


def _leaf_at(leaves: Sequence[Leaf], change: InsertPrompt) -> tuple[int, int] | None:
    """Find the leaf that holds the words before the position, and how far they are in it."""
    own = [
        (number, each)
        for number, each in enumerate(leaves)
        if change.at.start < each.end and each.start < change.at.end
    ]
    text = "".join(HOLE if each.value is None else each.value for _, each in own)
    ahead = len(text) - len(change.text)
    if ahead < 0 or text[ahead:] != change.text:
        return None
    start, position = 0, change.position + ahead
    for number, each in own:
        size = len(HOLE if each.value is None else each.value)
        if start < position <= start + size:
            return None if each.value is None else (number, position - start)
        start += size
    return None


def _ways(content: bytes, leaf: Leaf, before: str, addition: str) -> Iterator[Splice]:
    """Give the places where the text before may end, each with the ways to write line ends."""
    line = before.rpartition("\n")[2]
    own = len(line) - len(line.lstrip(" \t"))
    for offset in _ends(content, leaf, line.strip()):
        begin = max(content.rfind(b"\n", 0, offset), content.rfind(b"\r", 0, offset)) + 1
        leading = _INDENT.match(content, begin)
        indent = (leading[0] if leading else b"").decode()
        indent = indent[: max(len(indent) - own, 0)]
        ends = "\r\n" if b"\r\n" in content else "\n"
        # A folded text takes one line end of each run for a blank.
        folded = _BREAKS.sub(r"\n\g<0>", addition)
        below, parted = (_indented(each, indent, ends) for each in (addition, folded))
        for written in dict.fromkeys((below, addition.replace("\n", "\\n"), parted)):
            yield Splice(offset, offset, b"", written.encode())


def _indented(addition: str, indent: str, ends: str) -> str:
    first, *rest = addition.split("\n")
    return ends.join((first, *(indent + each if each else each for each in rest)))


def _ends(content: bytes, leaf: Leaf, line: str) -> list[int]:
    found: dict[int, None] = {}
    for size in _TAILS:
        tail = line[-size:].encode()
        at = content.rfind(tail, leaf.start, leaf.end) if tail else -1
        while at >= 0 and len(found) < _MOST_TRIED:
            found.setdefault(at + len(tail))
            at = content.rfind(tail, leaf.start, at + len(tail) - 1)
    return list(found)


def _unguarded(content: bytes, splice: Splice) -> bool:
    """Whether no condition or loop of a template stands around a place."""
    depth = 0
    for each in _STATEMENT.finditer(content, 0, splice.start):
        word = each["word"]
        depth += (word in _OPENS) - (word.startswith(b"end") and word[3:] in _OPENS)
    return depth == 0
