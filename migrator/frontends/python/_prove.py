"""Prove that an edit changes the planned strings and arguments and nothing else."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass

from migrator.domain.edit import Splice, SpliceError, apply_splices
from migrator.domain.source import SourceFile
from migrator.frontends.python._placement import placement
from migrator.frontends.python._prove_arguments import prove_arguments
from migrator.frontends.python._prove_words import prove_words
from migrator.frontends.python._syntax import tree_of

_LITERALS = ("SimpleString", "FormattedStringText")


def prove(source: SourceFile, splices: Sequence[Splice], after: bytes) -> str | None:
    """Give the reason why `after` is not exactly the planned edit of `source`; None when it is.

    Both versions are parsed with `ast` first: libcst ends the process on absurd nesting.
    """
    try:
        if apply_splices(source.content, splices) != after:
            return "bytes outside the planned edits changed"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # invalid escapes are the file's own business
            words = _words(source.content, splices)
            worded = apply_splices(source.content, words)
            rest = _after(words, [each for each in splices if each not in words])
            reason = _proved_rest(worded, rest, after) if rest else None
        return reason or (_written_back(after) if words else None)
    except SpliceError as error:
        return str(error)
    except SyntaxError as error:
        return f"line {error.lineno or 1} does not parse: {error.msg}"
    except (RecursionError, MemoryError):
        return "nested too deep to be proved"
    except ValueError as error:
        return f"not readable as Python: {error}"


def _words(content: bytes, splices: Sequence[Splice]) -> list[Splice]:
    """Give the splices that are proved to add words to a string and to do nothing else.

    Raises SyntaxError when `content` does not parse.
    """
    found: list[Splice] = []
    for each in splices:
        if each.before in each.after:
            try:
                doubt = prove_words(content, each, apply_splices(content, (each,)))
            except SyntaxError:
                continue
            if doubt is None:
                found.append(each)
    return found


def _proved_rest(content: bytes, splices: Sequence[Splice], after: bytes) -> str | None:
    """Prove the splices that replace text in a literal, or that change arguments."""
    texts, others = _parted(content, splices)
    between = apply_splices(content, texts)
    tree_of(after)
    reason = prove_arguments(between, _after(texts, others), after) if others else None
    reason = reason or _compared(content, between, _planned(content, texts))
    return reason or (_written_back(after) if others else None)


def _parted(content: bytes, splices: Sequence[Splice]) -> tuple[list[Splice], list[Splice]]:
    """Part the splices inside one string literal from the others.

    Raises SyntaxError when `content` does not parse.
    """
    tree = tree_of(content)
    texts: list[Splice] = []
    others: list[Splice] = []
    for splice in splices:
        inside = placement(content, tree, splice.start, splice.end) is not None
        (texts if inside else others).append(splice)
    return texts, others


def _after(done: Sequence[Splice], splices: Sequence[Splice]) -> list[Splice]:
    """Move splices to where their bytes stand once others are done."""
    moved: list[Splice] = []
    for each in splices:
        earlier = (other for other in done if other.end <= each.start)
        grown = sum(len(other.after) - len(other.before) for other in earlier)
        moved.append(Splice(each.start + grown, each.end + grown, each.before, each.after))
    return moved


def _planned(content: bytes, splices: Sequence[Splice]) -> Counter[tuple[str, str]]:
    """List each literal that the splices change, as written before and after."""
    tree = tree_of(content)
    inside: dict[tuple[int, int], list[Splice]] = {}
    for splice in splices:
        place = placement(content, tree, splice.start, splice.end)
        if place is not None:
            inside.setdefault(place.span, []).append(splice)
    changes: Counter[tuple[str, str]] = Counter()
    for (start, end), own in inside.items():
        moved = [Splice(s.start - start, s.end - start, s.before, s.after) for s in own]
        old = content[start:end]
        changes[old.decode(), apply_splices(old, moved).decode()] += 1
    return changes


def _compared(before: bytes, after: bytes, planned: Counter[tuple[str, str]]) -> str | None:
    from libcst import ParserSyntaxError, parse_module

    try:
        old, new = parse_module(before), parse_module(after)
    except ParserSyntaxError:
        return "libcst cannot parse it"
    if old.bytes != before or new.bytes != after:
        return "libcst does not write the file back byte for byte"
    changed: Counter[tuple[str, str]] = Counter()
    for ours, theirs in _differences(old, new):
        name = type(ours).__name__
        if type(ours) is not type(theirs) or name not in _LITERALS:
            return f"the syntax tree changed at {name}"
        changed[_written(ours), _written(theirs)] += 1
    return None if changed == planned else "other string literals changed than planned"


def _written_back(content: bytes) -> str | None:
    from libcst import ParserSyntaxError, parse_module

    try:
        same = parse_module(content).bytes == content
    except ParserSyntaxError:
        return "libcst cannot parse it"
    return None if same else "libcst does not write the file back byte for byte"


def _written(node: object) -> str:
    return str(getattr(node, "value", ""))


def _differences(old: object, new: object) -> Iterator[tuple[object, object]]:
    """Walk two trees side by side and give the innermost nodes that differ, without recursion."""
    pending = [(old, new)]
    while pending:
        ours, theirs = pending.pop()
        if type(ours) is not type(theirs):
            yield ours, theirs
            continue
        own, children = _leaves_and_children(ours)
        other, counterparts = _leaves_and_children(theirs)
        if own != other:
            yield ours, theirs
        else:
            pending.extend(zip(children, counterparts, strict=True))


def _leaves_and_children(node: object) -> tuple[list[object], list[object]]:
    """Split the fields of a node into plain values, lengths included, and nodes below it."""
    leaves: list[object] = []
    children: list[object] = []
    if not is_dataclass(node):
        return [node], []
    for field in fields(node):
        value = getattr(node, field.name)
        if isinstance(value, list | tuple):
            leaves.append(len(value))
            children.extend(value)
        elif is_dataclass(value):
            leaves.append(type(value))
            children.append(value)
        else:
            leaves.append(value)
    return leaves, children
