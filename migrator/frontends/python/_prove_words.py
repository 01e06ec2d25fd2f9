"""Prove that words were added to one string, and that nothing else became different."""

from __future__ import annotations

import ast

from migrator.domain.block import PLAIN
from migrator.domain.edit import Splice
from migrator.frontends.python._syntax import tree_of


def prove_words(before: bytes, splice: Splice, after: bytes) -> str | None:
    """Give the reason why `after` is not `before` with plain words in one string; None if it is.

    The trees must be the same but for one string, whose fields stay, and whose text reads as
    before once the added words are taken out. Raises SyntaxError when one does not parse.
    """
    if splice.before not in splice.after:
        return "text was taken away"
    changed: list[tuple[object, object]] = []
    pending: list[tuple[object, object]] = [(tree_of(before), tree_of(after))]
    while pending:
        old, new = pending.pop()
        if _is_string(old) and _is_string(new):
            if _read(old) != _read(new):
                changed.append((old, new))
        elif isinstance(old, ast.AST) and isinstance(new, ast.AST):
            if type(old) is not type(new):
                return f"the syntax tree changed at {type(old).__name__}"
            pending += [
                (getattr(old, name, None), getattr(new, name, None)) for name in old._fields
            ]
        elif isinstance(old, list) and isinstance(new, list):
            if len(old) != len(new):
                return "the syntax tree changed"
            pending += zip(old, new, strict=True)
        elif old != new:
            return "the syntax tree changed"
    if len(changed) != 1:
        return "other strings changed than planned"
    return _grown(*changed[0])


def _is_string(node: object) -> bool:
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def _read(node: object) -> list[str]:
    """Give the texts of a string before, between and behind its fields, and the fields."""
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    texts = [""]
    for value in getattr(node, "values", ()):
        if isinstance(value, ast.Constant):
            texts[-1] += str(value.value)
        else:
            texts += (ast.dump(value), "")
    return texts


def _grown(old: object, new: object) -> str | None:
    ours, theirs = _read(old), _read(new)
    if len(ours) != len(theirs):
        return "a field of the string changed"
    differing = [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b]
    if len(differing) != 1:
        return "the string changed in several places"
    before, after = differing[0]
    size = len(after) - len(before)
    start = next((n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), None)
    at = len(before) if start is None else start
    if size <= 0 or after[at + size :] != before[at:]:
        return "the string lost some of its text"
    if not PLAIN.fullmatch(after[at : at + size].replace("\t", " ")):
        return "what was added is not plain text"
    return None
