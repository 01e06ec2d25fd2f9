"""Show what is added to which prompt, and why: the words that a reviewer has to agree with."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import dedent

from migrator.domain.edit import EditKind
from migrator.domain.plan import PlanEdit
from migrator.domain.summary import place
from migrator.domain.wording import listed, plural, printable
from migrator.reports.pull_request._markdown import clip, code, prose
from migrator.reports.pull_request._story import Story

_MOST_SITES = 3
_LONGEST = 1_500


def prompt_items(story: Story) -> Iterator[str]:
    """Give one list item per prompt edit, with its words as they stand in the file."""
    for edit in story.edits:
        if edit.kind is EditKind.PROMPT:
            yield f"- {_told(edit, story)}\n\n{_quoted(edit.after)}\n"


def _told(edit: PlanEdit, story: Story) -> str:
    steered = [site for site in story.changed_sites if edit.id in site.edits]
    sites = listed([code(place(site)) for site in steered], _MOST_SITES)
    whys = dict.fromkeys(site.prompt_why for site in steered if site.prompt_why)
    blocks = listed([code(each) for each in edit.blocks], _MOST_SITES)
    why = prose(clip("; ".join(whys))) or f"{plural(edit.words, 'word')} of {blocks}"
    return f"{code(f'{edit.path}:{edit.line}')}, which steers {sites}: {why}."


def _quoted(text: str) -> str:
    """Quote by indentation below a list item: nothing in it can end the quotation."""
    lines = dedent(clip(text.strip("\r\n"), _LONGEST)).splitlines()
    return "".join(f"      {printable(line)}\n" for line in lines)
