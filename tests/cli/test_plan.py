"""What `migrate plan` and `migrate report` give at their edges."""

from __future__ import annotations

import json

import jsonschema
import pytest

from tests.cli.conftest import CALL
from tests.running import migrate, process

BLOCKED = CALL.replace(b"input=", b"max_tokens=5, input=").replace(
    b"responses", b"chat.completions"
)
# One call, two definitions, one setting that blocks both.
BLOCKED_EACH = b"""\
from openai import OpenAI

DRAFT, CHECK = "gpt-4.1", "gpt-4o"


def ask(model):
    return OpenAI().responses.create(model=model, temperature=0.2, input="Say hello.")


for each in (DRAFT, CHECK):
    print(ask(each))
"""


def test_two_runs_give_the_same_bytes_and_the_saved_plan_is_that_document(desk):
    first = process("plan", "--format", "json", "--save", "../plan.json", cwd=desk.root)
    second = process("plan", "--format", "json", cwd=desk.root, PYTHONHASHSEED="7")
    assert first.out == second.out == (desk.root.parent / "plan.json").read_text()


def test_what_one_task_frees_is_listed_in_the_order_of_the_sites(folder):
    folder.write({"app.py": BLOCKED_EACH})
    seeds = [str(seed) for seed in range(4)]
    ran = [process("plan", "--format", "json", cwd=folder.root, PYTHONHASHSEED=e) for e in seeds]
    (plan,) = {each.out for each in ran}
    (task,) = json.loads(plan)["follow_ups"]
    assert task["frees"] == [each["id"] for each in json.loads(plan)["sites"]]


def test_document_follows_the_printed_schema(desk):
    schema, plan = migrate("schema"), migrate("plan", "--format", "json")
    shipped = jsonschema.Draft202012Validator(json.loads(schema.out))
    assert [each.message for each in shipped.iter_errors(json.loads(plan.out))] == []


def test_planning_leaves_a_dirty_tree_as_it_is(desk):
    desk.write({"support_desk/config.py": b"M = 1\n", "new.py": CALL})
    before = desk.state()
    assert migrate("plan").code == 0
    assert desk.state() == before


def test_folder_without_git_is_planned(folder):
    ran = migrate("plan")
    assert ran.code == 0
    assert "Moves now: 1 site" in ran.out
    assert "Applying needs a git repository with a commit." in ran.out


def test_constant_of_a_clean_and_a_blocked_call_stays_and_both_are_shown(desk):
    document = json.loads(migrate("plan", "--format", "json").out)
    sites = {each["line"]: each for each in document["sites"] if "escalation" in each["path"]}
    assert [sites[line]["outcome"] for line in (11, 22)] == ["light_rewrite", "blocked"]
    assert not sites[11]["edits"] + sites[22]["edits"]
    screen = migrate("plan").out
    assert "waits: support_desk/escalation.py:11" in screen
    assert "holds: support_desk/escalation.py:22" in screen


def test_check_fails_while_the_plan_holds_an_edit(small):
    assert migrate("plan", "--check").code == 1
    small.write({"app.py": CALL.replace(b"gpt-4.1", b"gpt-5.5")})
    assert migrate("plan", "--check").code == 0


def test_fail_on_names_an_outcome_or_the_configuration_does(small):
    assert migrate("plan", "--fail-on", "blocked").code == 0
    small.write({"app.py": BLOCKED})
    assert migrate("plan", "--fail-on", "unknown,blocked").code == 1
    assert migrate("plan").code == 0
    small.write({"migrate.toml": b"fail-on = ['blocked']\n"})
    assert migrate("plan").code == 1


def test_next_commands_repeat_what_was_asked(desk):
    screen = migrate("plan", "support_desk", "--from", "gpt-4.1", "--save", "a b.json").out
    assert "migrate plan support_desk --from gpt-4.1 -v  " in screen
    assert "migrate apply 'a b.json'\n" in screen
    assert "--save plan.json" not in screen


def test_commands_shown_in_a_subfolder_work_there(desk, monkeypatch):
    monkeypatch.chdir(desk.root / "support_desk")
    screen = migrate("plan").out
    assert "under support_desk" in screen
    assert "  migrate plan -v  " in screen


def test_questions_may_be_answered_in_one_option_or_in_several(desk):
    several = migrate("plan", "--confirm", "small", "--confirm", "fallback", "--format", "json")
    assert several.out == migrate("plan", "--confirm", "small,fallback", "--format", "json").out
    assert several.out != migrate("plan", "--format", "json").out


def test_more_reports_are_written_beside_the_screen(small):
    migrate("plan", "--output", "json=../p.json", "--output", "pull-request=../p.md")
    assert json.loads((small.root.parent / "p.json").read_text())["target"] == "gpt-5.5"
    assert "## Upgrade to `gpt-5.5`" in (small.root.parent / "p.md").read_text()


@pytest.mark.parametrize("versioned", [True, False])
def test_saved_files_among_the_sources_change_no_later_plan(small, folder, monkeypatch, versioned):
    monkeypatch.chdir(small.root if versioned else folder.root)
    first = json.loads(migrate("plan", "--format", "json").out)
    migrate("plan", "--save", "plan.json", "--output", "pull-request=summary.md")
    second = json.loads(migrate("plan", "--format", "json").out)
    if not versioned:
        reason = "generated: migrate wrote it"
        assert {each["reason"] for each in second.pop("skipped")} == {reason}
        first.pop("skipped")
    assert second == first


def test_saved_plan_is_shown_again_anywhere(desk, tmp_path, monkeypatch):
    migrate("plan", "--save", "../plan.json")
    fresh = migrate("plan", "--format", "pull-request").out
    monkeypatch.chdir(tmp_path)
    assert migrate("report", "plan.json", "--format", "pull-request").out == fresh


@pytest.mark.parametrize(
    ("settings", "coloured"),
    [({}, False), ({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False)],
)
def test_colour_is_given_only_when_it_is_wanted(small, monkeypatch, settings, coloured):
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in migrate("plan").out) is coloured
    assert "\x1b[" not in migrate("plan", "--format", "json").out


@pytest.mark.parametrize("columns", ["40", "80", "200"])
def test_lines_keep_to_the_width_that_is_set(desk, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    longest = max(len(line) for line in migrate("plan", "-v").out.splitlines())
    assert int(columns) // 2 < longest <= int(columns)
