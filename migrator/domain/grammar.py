"""State the textual shapes of model ids, and the expression that finds them in many files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from migrator.domain.line_pattern import LinePattern, Shaped, shaped_pattern

# The letter of an escape (backslash and n) before an id is none of its word.
_WORD_START = r"(?:(?<![A-Za-z0-9])|(?<=\\[nrt]))"
_WORD_END = "(?![A-Za-z0-9_.-])"
_QUOTE = "[\"'`]"


@dataclass(frozen=True, slots=True)
class Grammar:
    """The textual shapes of ids.

    `shapes` are regular expressions of how our ids begin: what follows to the end of the word
    belongs to the id. `quoted_shapes` count only as a whole quoted string or after a prefix
    (`o1`), `foreign` are other vendors' ids, whole. `newer` begin ids that came after the target.
    `suffix` matches a routing suffix such as `:online`. None captures, none has a `|` outside
    parentheses; all are case-sensitive.
    """

    shapes: tuple[str, ...]
    quoted_shapes: tuple[str, ...]
    foreign: tuple[str, ...]
    suffix: str
    newer: tuple[str, ...] = ()

    def pattern(self, prefix_ends: Iterable[str] = ()) -> LinePattern:
        """Write one expression that finds every id, ours and others'.

        The shapes that stand for other things as well are found in quotation marks, and behind
        any of `prefix_ends`, which are regular expressions of one and the same fixed width.
        """
        words = (Shaped(_WORD_START, each) for each in (*self.shapes, *self.foreign))
        closed = f"(?:{self.suffix})?\\\\?{_QUOTE}"
        quoted = (Shaped(_QUOTE, each, closed) for each in self.quoted_shapes)
        ends = "|".join(prefix_ends)
        routed = (Shaped(f"(?:{ends})", each, _WORD_END) for each in self.quoted_shapes if ends)
        return shaped_pattern((*words, *quoted, *routed))
