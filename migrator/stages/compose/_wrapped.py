"""Tell what surrounds the end of a prompt's instructions: elements around it, and conditions."""

from __future__ import annotations

import re

from migrator.stages.compose._lines import CLOSING, ELEMENT, HEADING, OPENING, Line

_WHOLE = frozenset(
    {"system", "prompt", "instruction", "instructions", "developer", "assistant", "agent"}
    | {"system_prompt", "system-prompt", "system_message", "system_instructions"}
)
# What runs, or is repeated, only sometimes, in Jinja and in Mustache.
_BRANCH = re.compile(
    r"\{%[-+]?\s*(?P<end>end)?(?:if|for|macro|call)\b.*?%\}|\{\{\s*(?:#|\^|(?P<close>/))\s*\w.*?\}\}",
    re.DOTALL,
)
_TRIMMED = re.compile(r"\s*\{(?:%-.*?%\}|\{-.*?\}\}|#-.*?#\})(?P<rest>.?)", re.DOTALL)


def unwrap(lines: list[Line]) -> int:
    """Take the end of an element that holds the whole prompt; give where its inside begins.

    An element that is one part of a prompt, such as its task, is left alone.
    """
    own = [each for each in lines if not each.blank]
    if len(own) < 3:  # noqa: PLR2004
        return 0
    opening, closing = OPENING.fullmatch(own[0].text), CLOSING.fullmatch(own[-1].text)
    if opening is None or closing is None or opening["name"] != closing["name"]:
        return 0
    inside = [each.text for each in own[1:-1]]
    parted = any(p.fullmatch(each) for each in inside for p in (OPENING, ELEMENT, HEADING))
    again = any((c := CLOSING.fullmatch(each)) and c["name"] == closing["name"] for each in inside)
    if again or not (parted or opening["name"].lower() in _WHOLE):
        return 0
    del lines[lines.index(own[-1]) :]
    while lines and lines[-1].blank:
        lines.pop()
    return own[0].start + len(own[0].text) + 1


def leave_branches(lines: list[Line], text: str) -> None:
    """Take lines from the end as long as they stand in a branch or loop of the template."""
    opened: list[int] = []
    for each in _BRANCH.finditer(text[: lines[-1].end] if lines else ""):
        if each["end"] or each["close"]:
            opened = opened[:-1]
        else:
            opened.append(each.start())
    while opened and lines and lines[-1].end > opened[0]:
        lines.pop()
    while lines and lines[-1].blank:
        lines.pop()


def goes_on(tail: str) -> bool:
    """Whether what follows takes the white space before it away, and goes on in the same line."""
    found = _TRIMMED.match(tail)
    return found is not None and found["rest"] not in {"", "\n", "\r"}
