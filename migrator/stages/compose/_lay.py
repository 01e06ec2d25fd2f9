"""Write chosen points in the form of a prompt."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from typing import assert_never

from migrator.domain.block import Block, Joining
from migrator.domain.rewrite import Chosen
from migrator.stages.compose._form import Form, Rules, Style

_FEW = 2


def lay(form: Form, chosen: Sequence[Chosen]) -> str:
    """Give the text that goes on behind the last instruction, beginning with what parts it."""
    text = ""
    rules = form.rules
    for each in chosen:
        if rules is not None and _joins(each):
            text += _as_rules(rules, each, form)
            rules = _next(rules, len(each.points))
    sections = [each for each in chosen if rules is None or not _joins(each)]
    return text + "".join(_section(form, each) for each in sections)


def _joins(chosen: Chosen) -> bool:
    """Whether words go on with a list: a heading over one or two more rules would be noise."""
    return chosen.block.joining is Joining.RULES or len(chosen.points) <= _FEW


def _next(rules: Rules, count: int) -> Rules:
    if not rules.number:
        return rules
    number = rules.number + count
    return Rules(
        indent=rules.indent,
        mark=f"{number}{rules.mark[-1]}",
        number=number,
        gap=rules.gap,
        spaced=rules.spaced,
    )


def _as_rules(rules: Rules, chosen: Chosen, form: Form) -> str:
    text = ""
    for offset, point in enumerate(chosen.points):
        mark = _next(rules, offset).mark
        head = f"{rules.indent}{mark}{rules.gap}"
        text += "\n\n" if rules.spaced else "\n"
        text += _wrapped(point.text, head, " " * len(head), form.width)
    return text


def _section(form: Form, chosen: Chosen) -> str:
    texts = [each.text for each in chosen.points]
    heading = _heading(form, chosen.block)
    match form.style:
        case Style.XML:
            return _element(form, heading, texts)
        case Style.MARKDOWN:
            closing = f" {form.marks}" if form.closed else ""
            return _titled(form, f"{form.marks} {_cased(form, heading)}{closing}", texts)
        case Style.BOLD:
            inside, after = (":" if form.colon == each else "" for each in ("inside", "outside"))
            return _titled(form, f"**{_cased(form, heading)}{inside}**{after}", texts)
        case Style.LABEL:
            return _titled(form, f"{_cased(form, heading)}:", texts)
        case Style.PARAGRAPHS:
            return "\n\n" + _prose(form, texts)
        case Style.LINES:
            return "".join(
                "\n" + _wrapped(each, form.indent, form.indent, form.width) for each in texts
            )
        case Style.ONE_LINE:
            return " " + " ".join(texts)
        case _:
            assert_never(form.style)


def _heading(form: Form, block: Block) -> str:
    """Give the title of new words: a second section of one name would read as a mistake."""
    taken = block.heading.casefold() in form.taken
    return block.second_heading if taken and block.second_heading else block.heading


def _element(form: Form, heading: str, texts: Sequence[str]) -> str:
    name = re.sub(r"\W+", "-" if form.kebab else "_", heading.lower())
    if form.short:
        return f"\n{form.indent}<{name}>{' '.join(texts)}</{name}>"
    inside = form.indent + form.inner
    body = _listed(form, texts, inside)
    return f"\n\n{form.indent}<{name}>\n{body}\n{form.indent}</{name}>"


def _titled(form: Form, title: str, texts: Sequence[str]) -> str:
    gap = "\n\n" if form.spaced else "\n"
    return f"\n\n{form.indent}{title}{gap}{_listed(form, texts, form.indent)}"


def _listed(form: Form, texts: Sequence[str], indent: str) -> str:
    if not form.bullet:
        return "\n".join(_wrapped(each, indent, indent, form.width) for each in texts)
    head = f"{indent}{form.bullet} "
    return "\n".join(_wrapped(each, head, " " * len(head), form.width) for each in texts)


def _prose(form: Form, texts: Sequence[str]) -> str:
    return _wrapped(" ".join(texts), form.indent, form.indent, form.width)


def _cased(form: Form, heading: str) -> str:
    return heading.upper() if form.capitals else heading


def _wrapped(text: str, head: str, indent: str, width: int) -> str:
    if not width:
        return head + text
    return textwrap.fill(
        text,
        width=width,
        initial_indent=head,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
