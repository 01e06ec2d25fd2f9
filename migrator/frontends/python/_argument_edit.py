"""Lower changes of arguments: which bytes give one a new name, leave it out, or add it.

A layout that is not known for certain is declined; no byte of a neighbour is ever rewritten.
"""

from __future__ import annotations

import ast
import re

from migrator.domain.edit import AddArgument, DropArgument, RenameArgument, Splice
from migrator.frontends.python._arguments import Argument, arguments_of, find_argument
from migrator.frontends.python._positions import Positions
from migrator.frontends.python._table_use import Slot, find_slot, sent_by_these_alone

_NAME = re.compile(r"[a-z_]+(?:\.[a-z_]+)?")
_BLANK = re.compile(rb"[ \t]*")
_LINE_TAIL = re.compile(rb"[ \t]*(,)?[ \t]*(?:\r\n|\r|\n)")
_REMARK = re.compile(rb"[ \t]*,?[ \t]*#")
_NEXT_HERE = re.compile(rb"[ \t]*,[ \t]*")
_NEXT = re.compile(rb"[ \t]*,\s*")
_COMMA = re.compile(rb"[ \t]*,")
_END = re.compile(rb"\s*,?\s*")
_GAP = re.compile(rb"(?P<comma>[ \t]*,)?(?P<comment>[ \t]*#[^\r\n]*)?[ \t]*(?P<line>\r\n|\r|\n)?")


def rename(content: bytes, tree: ast.Module, change: RenameArgument) -> Splice | None:
    """Give the splice that writes another name before the same value."""
    positions = Positions(content)
    found = find_argument(tree, positions, change.before, change.at.start)
    slot = None if found else find_slot(tree, positions, change.before, change.at.start)
    written = found or slot
    if written is None or not sent_by_these_alone(tree, positions, written, change.calls):
        return None
    old, new = change.before.encode(), change.after.encode()
    if isinstance(found, Argument) and isinstance(found.container, ast.Call):
        start = found.start
    else:
        start = _inside_quotes(content, positions, written)
    if content[start : start + len(old)] != old:
        return None
    return Splice(start, start + len(old), old, new)


def _inside_quotes(content: bytes, positions: Positions, written: Argument | Slot) -> int:
    """Give where the text of a key begins; -1 where it is not one plain literal."""
    if isinstance(written, Slot):
        at = positions.at(written.key)
        start, end = at.start, at.end
    else:
        start, end = written.start, written.start + len(written.name) + 2
    plain = content[start:end] in {b"'%s'" % written.name.encode(), b'"%s"' % written.name.encode()}
    return start + 1 if plain else -1


def drop(content: bytes, tree: ast.Module, change: DropArgument) -> Splice | None:
    """Give the splice that leaves out one argument with a literal value, and its own line.

    None where a comment beside or above it speaks of it: that would lose its reason, or its object.
    """
    positions = Positions(content)
    found = find_argument(tree, positions, change.name, change.at.start)
    if found is None or not _is_literal(found.value):
        return None
    if not sent_by_these_alone(tree, positions, found, change.calls):
        return None
    if _spoken_of(content, positions, found):
        return None
    around = arguments_of(found.container, positions)
    before = around[found.index - 1] if found.index else None
    after = around[found.index + 1] if found.index + 1 < len(around) else None
    close = positions.at(found.container).end - 1
    span = _own_lines(content, positions, found, last=after is None)
    if span is None:
        span = (
            _between(content, found, after, before)
            if after
            else _at_the_end(content, found, before, close)
        )
    return Splice(span[0], span[1], content[slice(*span)], b"") if span else None


def _is_literal(value: ast.expr) -> bool:
    inner = value.operand if isinstance(value, ast.UnaryOp) else value
    return isinstance(inner, ast.Constant)


def _own_lines(
    content: bytes, positions: Positions, found: Argument, *, last: bool
) -> tuple[int, int] | None:
    """Give the whole lines of an argument that shares them with nothing."""
    start = positions.starts[positions.line(found.start)]
    tail = _LINE_TAIL.match(content, found.end)
    if tail is None or content[start : found.start].strip() or not (last or tail[1]):
        return None
    return start, tail.end()


def _spoken_of(content: bytes, positions: Positions, found: Argument) -> bool:
    """Whether a comment is about an argument: on the line above, or behind it on its own."""
    line = positions.line(found.start)
    start = positions.starts[line]
    if content[start : found.start].strip():
        return False
    above = content[positions.starts[line - 1] : start] if line > 1 else b""
    return above.lstrip().startswith(b"#") or _REMARK.match(content, found.end) is not None


def _between(
    content: bytes, found: Argument, after: Argument, before: Argument | None
) -> tuple[int, int] | None:
    gap = content[found.end : after.start]
    if _NEXT_HERE.fullmatch(gap) or (before is None and _NEXT.fullmatch(gap)):
        return found.start, after.start
    comma = _COMMA.match(gap)
    if comma is None or before is None:
        return None
    blank = len(content[: found.start].rstrip(b" \t"))
    return blank, found.end + comma.end()


def _at_the_end(
    content: bytes, found: Argument, before: Argument | None, close: int
) -> tuple[int, int] | None:
    rest = content[found.end : close]
    if before is None:
        return (found.start, close) if _END.fullmatch(rest) else None
    joined = _NEXT.fullmatch(content[before.end : found.start])
    return (before.end, found.end) if joined and not rest.lstrip().startswith(b")") else None


def add(content: bytes, tree: ast.Module, change: AddArgument) -> Splice | None:
    """Give the splice that sends one more text with a call, laid out as the arguments there are."""
    positions = Positions(content)
    call = _call_at(tree, positions, change)
    given = arguments_of(call, positions) if call else ()
    outer, _, inner = change.name.partition(".")
    if call is None or not given or any(each.name == outer for each in given):
        return None
    if not (_NAME.fullmatch(change.name) and change.value.isalnum()):
        return None
    at = positions.at(call)
    quote = _quote(content[at.start : at.end])
    text = f"{quote}{change.value}{quote}"
    argument = f"{outer}={{{quote}{inner}{quote}: {text}}}" if inner else f"{outer}={text}"
    return _appended(content, positions, given[-1], at.end - 1, argument.encode())


def _call_at(tree: ast.Module, positions: Positions, change: AddArgument) -> ast.Call | None:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            at = positions.at(node)
            if (at.start, at.end) == (change.at.start, change.at.end):
                return node
    return None


def _quote(source: bytes) -> str:
    return "'" if source.count(b"'") > source.count(b'"') else '"'


def _appended(
    content: bytes, positions: Positions, last: Argument, close: int, argument: bytes
) -> Splice | None:
    """Put an argument behind the last one: on a line of its own where that one has one."""
    gap = _GAP.match(content, last.end)
    if gap is None or (not gap["line"] and gap.end() != close):
        return None
    line_start = positions.starts[positions.line(last.start)]
    indent = content[line_start : last.start]
    own_line = not indent.strip()
    between = _line_end(content) + indent if own_line else b" "
    comma, comment = gap["comma"] or b"", gap["comment"] or b""
    if comma:
        start = gap.start("comment") + len(comment) if own_line and comment else gap.end("comma")
        return Splice(start, start, b"", between + argument + b",")
    if comment and own_line:
        end = gap.end("comment")
        return Splice(last.end, end, comment, b"," + comment + between + argument)
    return Splice(last.end, last.end, b"", b"," + between + argument)


def _line_end(content: bytes) -> bytes:
    found = re.search(rb"\r\n|\r|\n", content)
    return found.group() if found else b"\n"
