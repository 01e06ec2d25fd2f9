"""Tell in what form a prompt is written, so that words added to it look like its own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from migrator.stages.compose._lines import (
    BOLD,
    CLOSING,
    ELEMENT,
    HEADING,
    ITEM,
    LABEL,
    OPENING,
    Line,
    is_title,
    lines_of,
    section_name,
    title_words,
)

_RULES = re.compile(
    r"\b(rules?|guidelines?|requirements?|instructions?|constraints?|important|notes?|remember"
    r"|principles?|must|do|don.?t|style|tips|reminders?|policy|policies|expectations?|behaviou?r"
    r"|criteria|conventions?)\b",
    re.IGNORECASE,
)
_STEPS = re.compile(r"\b(steps?|process|workflow|procedure|routine|plan|stages?)\b", re.IGNORECASE)
_WRAPPED_LEAST, _WRAPPED_MOST, _SLACK = 50, 120, 25
_SOME_LINES = 3


class Style(StrEnum):
    """How the parts of a prompt are set off."""

    XML = "xml"
    MARKDOWN = "markdown"
    BOLD = "bold"
    LABEL = "label"
    PARAGRAPHS = "paragraphs"
    LINES = "lines"
    ONE_LINE = "one line"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """A list of rules that a prompt ends in; `mark` is of the next item, `spaced` by a blank line.

    A number of 0 stands for a mark that does not count.
    """

    indent: str
    mark: str
    number: int
    gap: str
    spaced: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The form of a prompt.

    `marks` are those of its headings, `bullet` the mark of its lists (empty for none), `indent`
    what all its lines begin with, `width` where its lines are broken (0 for nowhere), `inner` the
    further indentation inside an element, `spaced` tells a blank line behind a title. `closed`
    tells headings with marks at their end as well, `short` elements that stand on one line, and
    `taken` are the names of the sections that there are.
    """

    style: Style
    indent: str = ""
    marks: str = ""
    bullet: str = ""
    width: int = 0
    inner: str = ""
    spaced: bool = False
    capitals: bool = False
    colon: str = ""
    kebab: bool = False
    closed: bool = False
    short: bool = False
    taken: frozenset[str] = frozenset()
    rules: Rules | None = None


def form_of(text: str, head: str) -> Form:
    """Tell the form of a prompt; `head` is all of it before the place that words go to."""
    every = [each for each in lines_of(text) if not each.blank]
    lines = lines_of(head)
    shared = _shared_indent(text)
    plain = [Line(each.start, each.text.removeprefix(shared)) for each in lines]
    style = _style(plain, text)
    titles = [each.text for each in plain if _is_title_of(style, each.text)]
    return Form(
        style=style,
        indent=shared,
        marks=_marks(titles),
        bullet=_bullet(plain),
        width=_width([each.text for each in every]),
        inner=_inner(plain) if style is Style.XML else "",
        spaced=_is_spaced(plain, style),
        capitals=bool(titles) and all(title_words(each).isupper() for each in titles),
        colon=_colon(titles, style),
        closed=bool(titles) and all(_is_closed(each) for each in titles),
        short=style is Style.XML and ELEMENT.fullmatch(plain[-1].text) is not None,
        taken=frozenset(section_name(each.text) for each in lines_of(text)),
        kebab=any("-" in each.text for each in plain if OPENING.fullmatch(each.text)),
        rules=_last_rules(plain, shared),
    )


def _shared_indent(text: str) -> str:
    """Give what all lines but the first begin with."""
    first, *rest = text.split("\n")
    own = [each for each in rest if each.strip()]
    if not first.strip() and not own:
        return ""
    found = [each[: len(each) - len(each.lstrip(" \t"))] for each in own]
    shortest = min(found, key=len, default="")
    return shortest if all(each.startswith(shortest) for each in found) else ""


def _style(lines: list[Line], text: str) -> Style:
    texts = [each.text for each in lines if not each.blank]
    last = texts[-1]
    if CLOSING.fullmatch(last) and any(OPENING.fullmatch(each) for each in texts):
        return Style.XML
    if ELEMENT.fullmatch(last) and sum(ELEMENT.fullmatch(each) is not None for each in texts) > 1:
        return Style.XML
    if any(HEADING.fullmatch(each) for each in texts):
        return Style.MARKDOWN
    if any(BOLD.fullmatch(each) for each in texts):
        return Style.BOLD
    labels = [each for each in texts[1:] if LABEL.fullmatch(each)]
    if labels:
        return Style.LABEL
    if "\n" not in text.strip():
        return Style.ONE_LINE
    parted = any(each.blank for each in lines[lines.index(_first(lines)) :])
    return Style.PARAGRAPHS if parted else Style.LINES


def _first(lines: list[Line]) -> Line:
    return next(each for each in lines if not each.blank)


def _is_title_of(style: Style, text: str) -> bool:
    patterns = {Style.MARKDOWN: HEADING, Style.BOLD: BOLD, Style.LABEL: LABEL}
    pattern = patterns.get(style)
    return pattern is not None and pattern.fullmatch(text) is not None


def _is_closed(title: str) -> bool:
    found = HEADING.fullmatch(title)
    return found is not None and found["closing"] is not None


def _marks(titles: list[str]) -> str:
    """Give the marks of the last heading: a new section stands beside it."""
    found = [each["marks"] for title in titles if (each := HEADING.fullmatch(title))]
    if len(found) == 1 and len(titles) == 1:
        return str(found[0])
    # A title of the whole is no sibling of a section.
    return str(found[-1]) if found else ""


def _colon(titles: list[str], style: Style) -> str:
    """Say where a bold title has its colon: inside, outside, or nowhere."""
    if style is not Style.BOLD or not titles:
        return ""
    found = BOLD.fullmatch(titles[-1])
    if found is None:
        return ""
    return "inside" if found["colon"] else "outside" if found["after"] else ""


def _bullet(lines: list[Line]) -> str:
    marks = [found["mark"] for each in lines if (found := ITEM.fullmatch(each.text))]
    plain = [each for each in marks if not each[0].isdigit()]
    return plain[-1] if plain else ""


def _width(lines: list[str]) -> int:
    """Give the column where lines are broken; 0 where a line is as long as its sentence."""
    longest = max(map(len, lines), default=0)
    if len(lines) < _SOME_LINES or not _WRAPPED_LEAST <= longest <= _WRAPPED_MOST:
        return 0
    full = sum(longest - len(each) <= _SLACK for each in lines)
    runs_on = sum(not each.rstrip().endswith((".", ":", "!", "?", ">")) for each in lines)
    return longest if full * 3 >= len(lines) and runs_on * 4 >= len(lines) else 0


def _inner(lines: list[Line]) -> str:
    for outer, inside in pairwise(lines):
        if OPENING.fullmatch(outer.text) and not inside.blank:
            own = len(inside.text) - len(inside.text.lstrip())
            base = len(outer.text) - len(outer.text.lstrip())
            return inside.text[base:own] if own > base else ""
    return ""


def _is_spaced(lines: list[Line], style: Style) -> bool:
    behind = [after.blank for title, after in pairwise(lines) if _is_title_of(style, title.text)]
    return bool(behind) and sum(behind) * 2 > len(behind)


def _last_rules(lines: list[Line], shared: str) -> Rules | None:
    """Give the list that the lines end in, when it is one of rules and not of steps."""
    items = [
        (index, found) for index, each in enumerate(lines) if (found := ITEM.fullmatch(each.text))
    ]
    if not items:
        return None
    index, last = items[-1]
    behind = [each for each in lines[index + 1 :] if not each.blank]
    column = len(last["indent"]) + len(last["mark"]) + len(last["gap"])
    if any(len(each.text) - len(each.text.lstrip()) < min(column, 2) for each in behind):
        return None
    own = [(n, each) for n, each in items if each["indent"] == last["indent"]]
    number = int(last["mark"][:-1]) if last["mark"][0].isdigit() else 0
    title = _lead(lines, own[0][0])
    if _STEPS.search(title) or (number and not _RULES.search(title)):
        return None
    if last["indent"] or not (_RULES.search(title) or not title):
        return None
    gaps = [lines[n - 1].blank for n, _ in own[1:]]
    mark = f"{number + 1}{last['mark'][-1]}" if number else last["mark"]
    return Rules(
        indent=shared + last["indent"],
        mark=mark,
        number=number + 1 if number else 0,
        gap=last["gap"],
        spaced=bool(gaps) and all(gaps),
    )


def _lead(lines: list[Line], first: int) -> str:
    """Give the line that leads to a list: its title, or a sentence that ends in a colon."""
    for each in reversed(lines[:first]):
        if each.blank:
            continue
        text = each.text.strip()
        return text if is_title(each.text) or text.endswith(":") else ""
    return ""
