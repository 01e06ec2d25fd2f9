"""Find where the instructions of a prompt end and its data, examples or answer slot begin."""

from __future__ import annotations

import re
from dataclasses import dataclass

from migrator.stages.compose._lines import (
    CLOSING,
    FENCE,
    ITEM,
    OPENING,
    PLACEHOLDER,
    WORD,
    Line,
    is_title,
    lines_of,
    title_words,
)
from migrator.stages.compose._wrapped import goes_on, leave_branches, unwrap

_ENOUGH_AFTER = 6  # words behind a placeholder that make its line an instruction
_LEAST_WORDS = 4
_SLOT = re.compile(
    r"[ \t]*[#*]*\s*(?:(?:final |your |helpful |expected )?(?:answer|output|response|reply|result"
    r"|question|query|input|assistant|user|human|ai|json|sql|code|summary|thought|begin)"
    r"(?:[ \t]*\([^)]*\))?[ \t]*[:=>*]+[ \t]*(?:[\"'`]{3})?|(?:let'?s )?begin[!.]?)[ \t]*",
    re.IGNORECASE,
)
_EXAMPLES = re.compile(
    r"\W*(?:here (?:is|are) (?:an? |some |a few )?)?(?:\w+[ -])?"
    r"(?:few[ -]?shot|examples?|samples?)\b.{0,40}",
    re.IGNORECASE,
)
_QUOTED_END = re.compile(r"[ \t]*([\"'`]{3}|---+|===+)[ \t]*")


@dataclass(frozen=True, slots=True)
class At:
    """A position behind the last word of an instruction, in code points.

    The part of the prompt that the position belongs to reaches from `begin` to `end`: all of it,
    or the inside of the element that holds it all.
    """

    position: int
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Nowhere:
    """Why a prompt has no place for more words."""

    why: str


def place_in(text: str) -> At | Nowhere:
    """Find the end of a prompt's instructions.

    What is woven in at the end, its label, the slot for the answer and closing examples are left
    behind the place; a placeholder inside an instruction does no harm.
    """
    lines = list(lines_of(text))
    _drop_tail(lines)
    _drop_examples(lines)
    _drop_tail(lines)
    leave_branches(lines, text)
    before = lines[-1].start if lines else 0
    begin = unwrap(lines)
    if sum(FENCE.match(each.text) is not None for each in lines) % 2:
        return Nowhere("it ends inside a fenced passage")
    if _parts_a_list(lines, text):
        return Nowhere("what is woven in stands in the middle of its last list")
    if _words(lines) < _LEAST_WORDS <= _words(list(lines_of(text))):
        return Nowhere("its instructions share a line with what is woven in at its end")
    whole = len(lines) == len(list(lines_of(text.rstrip())))
    if _words(lines) < _LEAST_WORDS and not (whole and lines and not PLACEHOLDER.search(text)):
        return Nowhere("it is made of what is woven in, and has no instructions to go on with")
    if goes_on(text[lines[-1].end :]):
        return Nowhere("what is woven in behind its last instruction goes on in the same line")
    return At(lines[-1].end, begin, before if begin else len(text))


def _parts_a_list(lines: list[Line], text: str) -> bool:
    """Whether the list that the lines end in goes on behind them."""
    if not lines:
        return False
    rest = [each for each in text[lines[-1].end :].split("\n") if each.strip()]
    return bool(rest) and ITEM.fullmatch(rest[0]) is not None and _in_a_list(lines)


def _in_a_list(lines: list[Line]) -> bool:
    for each in reversed(lines):
        if ITEM.fullmatch(each.text):
            return True
        if each.blank or not each.text.startswith((" ", "\t")):
            return False
    return False


def _words(lines: list[Line]) -> int:
    return sum(len(WORD.findall(PLACEHOLDER.sub(" ", each.text))) for each in lines)


def _drop_tail(lines: list[Line]) -> None:
    """Take lines from the end as long as they are data, or what leads to it."""
    labels = False
    while lines:
        last = lines[-1].text
        if lines[-1].blank or _SLOT.fullmatch(last) or _QUOTED_END.fullmatch(last):
            lines.pop()
        elif _is_filled(last):
            lines.pop()
            labels = True
        elif CLOSING.fullmatch(last) and _filled_element(lines):
            labels = True
        elif last.rstrip().endswith(":") or (
            labels and (is_title(last) or OPENING.fullmatch(last))
        ):
            lines.pop()  # it leads to data, be that appended elsewhere
        else:
            return


def _is_filled(line: str) -> bool:
    """Whether something is woven into a line that is no instruction.

    A rule of a list, and a sentence that goes on behind what is woven in, are instructions.
    """
    found = list(PLACEHOLDER.finditer(line))
    if not found:
        return False
    behind = len(WORD.findall(line[found[-1].end() :]))
    words = len(WORD.findall(PLACEHOLDER.sub(" ", line)))
    ruled = ITEM.fullmatch(line) is not None and words >= _LEAST_WORDS
    ended = behind and words >= _ENOUGH_AFTER and line.rstrip().endswith((".", "!"))
    return not (behind >= _ENOUGH_AFTER or ruled or ended)


def _filled_element(lines: list[Line]) -> bool:
    """Take an element at the end that holds data; leave any other."""
    closing = CLOSING.fullmatch(lines[-1].text)
    name = closing["name"] if closing else ""
    for index in range(len(lines) - 2, -1, -1):
        opening = OPENING.fullmatch(lines[index].text)
        if opening and opening["name"] == name:
            inside = lines[index + 1 : -1]
            if any(_is_filled(each.text) for each in inside) or _EXAMPLES.fullmatch(name):
                del lines[index:]
                return True
            return False
    return False


def _drop_examples(lines: list[Line]) -> None:
    """Take examples from the end: their title, and all behind it, when no other title follows."""
    for index in range(len(lines) - 1, 0, -1):
        text = lines[index].text
        words = title_words(text)
        leads = text.rstrip().endswith(":") and len(WORD.findall(text)) < _ENOUGH_AFTER * 2
        if (words or leads) and _EXAMPLES.fullmatch(words or text.strip()):
            if _words(lines[:index]) >= _LEAST_WORDS:
                del lines[index:]
            return
        if words and text.lstrip().startswith("#"):
            return
