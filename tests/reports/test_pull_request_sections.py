"""Sections of a summary that stand only where there is something to tell."""

from __future__ import annotations

from dataclasses import replace

import pytest

from migrator.domain.edit import EditKind
from migrator.domain.finding import Severity
from migrator.domain.plan_site import PlanReference, PromptEdit
from migrator.domain.report import View
from migrator.domain.site import Ask, Outcome
from migrator.reports.pull_request import REPORT


def section(plan, title: str) -> str:
    text = REPORT.render(plan, View())
    return text.partition(f"### {title}\n\n")[2].partition("\n### ")[0]


@pytest.fixture
def reworded(plan, site, edit):
    """Make a plan with one prompt edit that adds some text."""

    def make(text, why="the call offers the tool `pay`; `tool-use` answers it in 9 words"):
        added = replace(
            edit(2, "app/prompts.py", 8, "g1"),
            kind=EditKind.PROMPT,
            before="",
            after=text,
            blocks=("tool-use",),
            words=9,
        )
        steered = site(
            1, "app/chat.py", 5, edits=("e1", "e2"), prompt_edit=PromptEdit.EDITED, prompt_why=why
        )
        return plan(steered, edits=(edit(1, "app/chat.py", 6, "g1"), added))

    return make


def test_words_added_to_a_prompt_are_shown_with_what_they_steer_and_why(reworded):
    added = section(reworded('\n    "Stop once it is paid.\\n"\n    "Say so."'), "Added to prompts")
    assert added == (
        "- `app/prompts.py:8`, which steers `app/chat.py:5`: the call offers the tool `pay`; "
        "`tool-use` answers it in 9 words.\n\n"
        '      "Stop once it is paid.\\n"\n      "Say so."\n\n'
    )


def test_added_words_cannot_act_as_markup(reworded):
    added = section(reworded("x\n```\n<b>@octocat</b>\n- y"), "Added to prompts")
    quoted = added.partition("\n\n")[2].rstrip("\n").split("\n")
    assert all(line.startswith("      ") for line in quoted)


def test_plan_that_adds_no_words_has_no_such_section(plan, site, edit):
    moved = plan(site(1, "app/chat.py", 5, edits=("e1",)), edits=(edit(1, "app/chat.py", 6, "g1"),))
    assert "Added to prompts" not in REPORT.render(moved, View())


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("https://example.com/fact", "<https://example.com/fact>"),
        ("https://example.com/fact (read 2026-07-31)", "<https://example.com/fact> (read "),
        ("measured on <b>", "measured on &lt;b&gt;"),
    ],
)
def test_source_of_a_finding_is_a_link_where_it_is_an_address(plan, site, finding, source, shown):
    warns = finding("R19", Severity.WARNS, "cap", source=source)
    text = REPORT.render(plan(site(1, "a.py", 2, findings=(warns,))), View())
    assert f"Source: {shown}" in text


def test_code_in_a_message_is_shown_as_code(plan, site, finding):
    warns = finding("R19", Severity.WARNS, "`a|b` is *not* code")
    text = REPORT.render(plan(site(1, "a.py", 2, findings=(warns,), why="see `x`")), View())
    assert "warns: `a|b` is \\*not\\* code at" in text
    assert "because see `x` «" in text


def test_one_backtick_alone_opens_no_code(plan, site):
    text = REPORT.render(plan(site(1, "a.py", 2, why="a ` b")), View())
    assert "because a \\` b «" in text


def left(plan, *sites) -> list[str]:
    return section(plan(*sites), "Left as they are").splitlines()[2:]


def test_site_left_is_told_with_the_place_of_its_id_where_that_is_another(plan, site):
    reference = PlanReference(path="conf.py", line=3, column=9, text="o3", prefix="", via=())
    (row,) = left(plan, site(1, "a.py", 2, references=(reference,), outcome=Outcome.BLOCKED))
    assert row.startswith("| `a.py:2`, id at `conf.py:3` | ")


def test_what_frees_a_site_is_never_cut_midway(plan, site, finding):
    tasks = [f"Do {n} times {'x' * 150}." for n in range(4)]
    found = [finding("R10", Severity.BLOCKS, f"m{n}", follow_up=t) for n, t in enumerate(tasks)]
    asked = site(1, "a.py", 2, outcome=Outcome.BLOCKED, asks=(Ask.SMALL,), findings=tuple(found))
    (row,) = left(plan, asked)
    assert row.endswith(
        f"a yes: `--confirm small`; Do 0 times {'x' * 150}; and 3 more tasks, see its section |"
    )
