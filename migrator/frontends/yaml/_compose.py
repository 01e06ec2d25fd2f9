"""Compose YAML into values with their bytes, as PyYAML reads it."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import Any, TypeAlias

import yaml
from yaml.constructor import SafeConstructor
from yaml.resolver import Resolver

from migrator.domain.expression import Entry, Expression, Opaque, Scalar, Series, Table, Text
from migrator.domain.source import Location
from migrator.frontends._document import UnreadableError, decoded
from migrator.frontends._lines import Lines
from migrator.frontends._outline import Leaf

# libyaml is some thirty times quicker; both give the same marks.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CORE = "tag:yaml.org,2002:"
_PLAIN = frozenset(f"{_CORE}{name}" for name in ("int", "float", "bool", "null"))
# Whatever may stand before the scalar itself: its anchor and its tag, on lines of their own or not.
_PROPERTIES = re.compile(rb"(?:[&!][^\s,\[\]{}]*(?:[ \t\r\n]|#[^\r\n]*[\r\n])*)+")
_BLOCK = ("|", ">")
_BOM = b"\xef\xbb\xbf"

Node: TypeAlias = Any  # a node or an event: the types of PyYAML leave both untyped


class Offsets:
    """Where each character of a document stands in its bytes."""

    def __init__(self, content: bytes) -> None:
        """Decode `content`; raises UnreadableError when it is not UTF-8."""
        self.content = content
        self.text = decoded(content)
        self.first = len(_BOM) if content.startswith(_BOM) else 0
        self.starts: list[int] | None = None
        if not content.isascii():
            self.starts = list(accumulate((len(each.encode()) for each in self.text), initial=0))

    def of(self, index: int) -> int:
        """Give the byte of a character."""
        inside = self.starts[min(index, len(self.text))] if self.starts else index
        return min(self.first + inside, len(self.content))

    def span(self, found: Node, *, scalar: bool) -> tuple[int, int]:
        """Give the bytes of a node or event without anchor, tag and the empty lines behind it."""
        start, end = self.of(found.start_mark.index), self.of(found.end_mark.index)
        if scalar:
            before = _PROPERTIES.match(self.content, start, end)
            start = before.end() if before and self.content[start : start + 1] in b"&!" else start
            if found.style in _BLOCK:
                end = start + len(self.content[start:end].rstrip())
        return start, end


def outline(content: bytes) -> tuple[Leaf, ...]:
    """List the events of a YAML file in order.

    Raises UnreadableError when PyYAML does not read it.
    """
    offsets = Offsets(content)
    try:
        return tuple(_leaf(offsets, each) for each in yaml.parse(offsets.text, Loader=_LOADER))
    except yaml.YAMLError as error:
        raise UnreadableError(_why(error)) from error


def _leaf(offsets: Offsets, event: Node) -> Leaf:
    kind, anchor = type(event).__name__, getattr(event, "anchor", None)
    if not isinstance(event, yaml.ScalarEvent):
        start, end = offsets.of(event.start_mark.index), offsets.of(event.end_mark.index)
        return Leaf(start, end, (kind, anchor, getattr(event, "tag", None)))
    tag = event.tag or _resolve(event.value, event.implicit)
    shape = (kind, anchor, tag, event.style)
    return Leaf(*offsets.span(event, scalar=True), shape, event.value)


def _resolve(value: str, implicit: tuple[bool, bool]) -> str:
    resolver: Any = Resolver()
    return str(resolver.resolve(yaml.ScalarNode, value, implicit))


def trees(lines: Lines) -> tuple[Expression, ...]:
    """Give the value of each document of a YAML file.

    Raises UnreadableError when PyYAML does not read it.
    """
    offsets = Offsets(lines.content)
    try:
        nodes = list(yaml.compose_all(offsets.text, Loader=_LOADER))
    except yaml.YAMLError as error:
        raise UnreadableError(_why(error)) from error
    reading = _Reading(lines, offsets)
    return tuple(reading.value(each) for each in nodes)


def scalars(tree: tuple[Leaf, ...]) -> list[tuple[int, int]]:
    """Give the byte ranges of the scalars of an outline."""
    return [(each.start, each.end) for each in tree if each.value is not None]


class _Reading:
    """Turns the nodes of one file into expressions; one that is shared stays shared."""

    def __init__(self, lines: Lines, offsets: Offsets) -> None:
        self.lines = lines
        self.offsets = offsets
        self.known: dict[int, Expression | None] = {}

    def value(self, node: Node) -> Expression:
        """Give the expression of a node; an anchor inside itself has no value."""
        found = self.known.get(id(node))
        if found is None and id(node) in self.known:
            return Opaque(self.at(node), "a value that holds itself")
        if found is None:
            self.known[id(node)] = None
            found = self.known[id(node)] = self._made(node)
        return found

    def at(self, node: Node) -> Location:
        """Locate a node."""
        return self.lines.span(*self.offsets.span(node, scalar=isinstance(node, yaml.ScalarNode)))

    def _made(self, node: Node) -> Expression:
        at, tag = self.at(node), str(node.tag)
        if not tag.startswith(_CORE):
            return Opaque(at, f"tag {tag}")
        if isinstance(node, yaml.MappingNode):
            return Table(at, self._entries(node))
        if isinstance(node, yaml.SequenceNode):
            return Series(at, tuple(self.value(each) for each in node.value))
        if tag == f"{_CORE}str":
            return Text(at, str(node.value))
        return _scalar(node, tag, at)

    def _entries(self, node: Node) -> tuple[Entry, ...]:
        """Give the entries of a mapping; what is merged into it yields to its own keys."""
        merged: list[Entry] = []
        own: list[Entry] = []
        for key, value in node.value:
            if key.tag != f"{_CORE}merge":
                own.append(Entry(self.value(key), self.value(value)))
            elif isinstance(value, yaml.SequenceNode):
                merged += [Entry(None, self.value(each)) for each in reversed(value.value)]
            else:
                merged.append(Entry(None, self.value(value)))
        return (*merged, *own)


def _scalar(node: Node, tag: str, at: Location) -> Expression:
    if tag in _PLAIN:
        try:
            value = SafeConstructor().construct_object(node)
        except (yaml.YAMLError, ValueError):
            value = ...
        if value is None or isinstance(value, bool | int | float):
            return Scalar(at, value)
    return Opaque(at, tag.removeprefix(_CORE))


def _why(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "it cannot be parsed"
    return f"not YAML: line {mark.line + 1}: {problem}" if mark else f"not YAML: {problem}"
