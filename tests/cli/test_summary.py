"""What a reviewer finds beside a branch: true to what was made, in every way of making it."""

from __future__ import annotations

import json
import re

import pytest

from tests.running import migrate

BRANCH = "migrate/gpt-5.5"


def applied(desk, *words: str) -> str:
    assert migrate("apply", "--yes", *words).code == 0
    return (desk.root / ".git" / "migrate" / BRANCH / "summary.md").read_text()


def section(summary: str, title: str) -> str:
    return summary.partition(f"### {title}\n")[2].partition("\n### ")[0]


def statement(summary: str, name: str) -> str:
    return summary.partition(f"**{name}.** ")[2].partition("\n\n**")[0].partition("\n\n###")[0]


def test_edits_outside_the_guide_are_told_apart(desk):
    summary = applied(desk, "--unblock")
    assert "9 edits (6 of model ids, 1 of prompts, 2 outside the upgrade guide)" in statement(
        summary, "Claimed"
    )
    outside = section(summary, "Outside the upgrade guide")
    assert (
        "| `support_desk/escalation.py:24` | `max_tokens` → `max_completion_tokens` | R10 | "
        "its own | `support_desk/escalation.py:22` (then `light_rewrite`) |\n"
    ) in outside
    assert (
        '| `support_desk/summaries.py:28` | add `reasoning={"effort": "none"}` | R12 '
        "| with the swap: today's model refuses it |"
    ) in outside


def test_verdicts_stay_and_freed_sites_say_so(desk):
    assert "freed by" not in applied(desk)
    desk.git("branch", "--quiet", "-D", BRANCH)
    summary = applied(desk, "--unblock")
    assert "| `blocked` | 4 | 2 | 0 | 2 |\n" in summary
    rows = section(summary, "Changed sites")
    assert rows.count("| `blocked`, freed by `--unblock` |") == 2


def test_effort_is_told_as_it_is_after_the_edits(desk):
    expected = statement(applied(desk, "--unblock"), "Expect")
    assert "6 sites set no effort and will run at medium (`gpt-4.1` 4, `gpt-4o` 2)" in expected
    assert "(R07)" not in expected


def test_tasks_that_the_branch_does_are_no_longer_open(desk):
    done, open_ones = ("R10:support_desk/escalation.py", "R29:scripts/weekly_digest.py")
    tasks = section(applied(desk, "--unblock"), "Follow-up tasks")
    assert (done in tasks, open_ones in tasks) == (False, True)


@pytest.mark.parametrize("words", [(), ("--commit-per", "all")])
def test_every_edit_is_counted_however_it_is_committed(desk, words):
    summary = applied(desk, "--unblock", *words)
    record = json.loads((desk.root / ".git/migrate" / BRANCH / "result.json").read_bytes())
    assert "8 sites by 9 edits" in statement(summary, "Claimed")
    assert len(record["commits"]) == (1 if words else 8)


def test_a_layer_that_was_planned_and_not_asked_for_is_said_not_to_be_made(desk):
    migrate("plan", "--unblock", "--save", "../plan.json")
    migrate("apply", "../plan.json", "--yes")
    summary = (desk.root / ".git" / "migrate" / BRANCH / "summary.md").read_text()
    assert "None was made." in section(summary, "Outside the upgrade guide")
    expected = "5 sites by 5 edits (4 of model ids, 1 of prompts) in 3 files"
    assert expected in statement(summary, "Claimed")


def test_warnings_at_changed_sites_are_told_where_a_reviewer_starts(desk):
    expected = statement(applied(desk), "Expect")
    assert (
        "- a test expects `gpt-4.1` and may fail after the change (R30): `tests/test_config.py:6`"
    ) in expected


def test_groups_are_undone_in_the_order_of_their_commits(desk):
    summary = applied(desk)
    lines = [each for each in statement(summary, "Undo").splitlines() if "git revert" in each]
    made = desk.git("rev-list", "--reverse", f"main..{BRANCH}").split()
    named = [re.findall(r"\b[0-9a-f]{40}\b", each) for each in lines]
    assert [commit for group in named for commit in reversed(group)] == made
