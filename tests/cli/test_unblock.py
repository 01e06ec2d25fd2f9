"""What `--unblock` adds to the strict plan, and how little it takes for granted."""

from __future__ import annotations

import json

import pytest

from tests.running import migrate

BRANCH = "migrate/gpt-5.5"
RENAME = "unblock: Make ready for gpt-5.5 in support_desk/escalation.py:24"
SWAP = "Upgrade gpt-4o to gpt-5.5 in support_desk/config.py:6"
BOTH = "Upgrade gpt-4.1 to gpt-5.5 in support_desk/summaries.py"

SAMPLED = b"""\
from openai import OpenAI

TALK = [{"role": "system", "content": "Answer."}]
MODEL = "gpt-4.1"
print(OpenAI().chat.completions.create(model=MODEL, messages=TALK, temperature=0.2))
"""


def subjects(repository, branch=BRANCH) -> list[str]:
    return repository.git("log", "--reverse", "--format=%s", f"main..{branch}").splitlines()


def shown(repository, subject: str) -> str:
    log = repository.git("log", "--format=%H %s", f"main..{BRANCH}").splitlines()
    commit = next(line.split()[0] for line in log if line.endswith(f" {subject}"))
    return repository.git("show", "--unified=0", commit)


def plan(*words: str) -> dict:
    return json.loads(migrate("plan", "--format", "json", *words).out)


@pytest.mark.usefixtures("desk")
def test_strict_plan_names_the_command_and_how_many_sites_it_frees():
    out = migrate("plan").out
    assert "  migrate apply --unblock --diff\n" in out
    assert "show mechanical edits that free up to 3 sites more" in out
    assert "With --unblock" not in out


@pytest.mark.usefixtures("desk")
def test_asking_changes_nothing_but_the_layer_that_was_asked_for():
    strict, asked = plan(), plan("--unblock")
    assert asked.pop("unblocking") != strict.pop("unblocking")
    assert asked == strict


def test_diff_shows_both_layers_and_writes_nothing(desk):
    before = desk.state()
    out = migrate("apply", "--unblock", "--diff").out
    assert "-        max_tokens=4000,\n+        max_completion_tokens=4000,\n" in out
    assert '+        reasoning={"effort": "none"},\n' in out
    assert '-REPLY_MODEL = "gpt-4.1"\n' in out
    assert desk.state() == before


def test_what_is_legal_before_the_swap_is_a_commit_of_its_own_before_it(desk):
    assert migrate("apply", "--unblock", "--yes").code == 0
    made = subjects(desk)
    assert made.index(RENAME) + 1 == made.index(SWAP)
    commit = shown(desk, RENAME)
    assert "gpt-5.5" not in commit.partition("diff --git")[2]
    assert "    Migrate-Rule: R10\n" in commit
    assert "    Outside the upgrade guide, as asked with --unblock:\n" in commit


def test_what_the_model_of_today_refuses_is_in_the_commit_of_the_swap(desk):
    migrate("apply", "--unblock", "--yes")
    commit = shown(desk, BOTH)
    assert '+        model="gpt-5.5",\n' in commit
    assert '+        reasoning={"effort": "none"},\n' in commit


def test_sampling_can_be_dropped_instead(desk):
    migrate("apply", "--unblock", "--sampling", "drop", "--yes")
    changed = desk.git("diff", "--unified=0", "main", BRANCH)
    assert "-        temperature=0.2,\n" in changed
    assert "reasoning=" not in changed


def test_groups_can_be_undone_by_their_lines_from_the_last_to_the_first(desk):
    out = migrate("apply", "--unblock", "--yes").out
    lines = [each for each in out.splitlines() if each.startswith("  git revert ")]
    desk.git("checkout", "--quiet", BRANCH)
    for line in reversed(lines):
        desk.git(*line.partition("#")[0].split()[1:])
    assert (len(lines), desk.git("diff", "main", BRANCH)) == (6, "")


def test_saved_plan_holds_what_it_was_asked_for(desk):
    migrate("plan", "--unblock", "--save", "../plan.json")
    assert migrate("apply", "../plan.json", "--unblock", "--yes").code == 0
    assert {RENAME, SWAP, BOTH} <= set(subjects(desk))
    desk.git("branch", "--quiet", "-D", BRANCH)
    migrate("apply", "../plan.json", "--yes")
    assert not {RENAME, SWAP, BOTH} & set(subjects(desk))


@pytest.mark.parametrize("words", [(), ("--unblock", "--sampling", "drop")])
@pytest.mark.usefixtures("desk")
def test_saved_plan_without_what_is_asked_for_is_refused_with_the_way_on(words):
    migrate("plan", *words, "--save", "../plan.json")
    ran = migrate("apply", "../plan.json", "--unblock", "--sampling", "none", "--yes")
    assert ran.code == 2
    assert "plan again: migrate plan --unblock --sampling none --save ../plan.json" in ran.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--sampling", "none"), "ask for --unblock as well"),
        (("--unblock", "--sampling", "hot"), "choose: none, drop"),
    ],
)
@pytest.mark.parametrize("verb", ["plan", "apply"])
@pytest.mark.usefixtures("desk")
def test_sampling_that_cannot_be_meant_is_refused(verb, words, told):
    ran = migrate(verb, *words, *(["--diff"] if verb == "apply" else []))
    assert (ran.code, told in ran.err) == (2, True)


def test_freed_groups_are_chosen_by_the_outcome_that_they_have(desk):
    migrate("apply", "--unblock", "--only", "blocked", "--yes")
    assert subjects(desk) == [BOTH]
    desk.git("branch", "--quiet", "-D", BRANCH)
    ran = migrate("apply", "--unblock", "--only", "blocked,light_rewrite", "--yes")
    assert {RENAME, SWAP, BOTH} <= set(subjects(desk))
    assert ran.code == 0


def test_freed_group_that_is_chosen_in_part_is_left_out_and_named(desk):
    ran = migrate("apply", "--unblock", "--only", "blocked", "--yes")
    assert (
        "  support_desk/config.py:6  partly-chosen: it also moves "
        "support_desk/escalation.py:11 light_rewrite, not chosen\n"
    ) in ran.out
    assert RENAME not in subjects(desk)


def test_site_is_chosen_with_its_whole_group(desk):
    migrate("apply", "--unblock", "--site", "support_desk/summaries.py:24", "--yes")
    assert subjects(desk) == [BOTH]


def test_what_is_not_freed_is_told_with_the_reason(small):
    small.commit({"requirements.txt": b"openai==1.44.1\n", "app.py": SAMPLED})
    ran = migrate("apply", "--unblock", "--yes")
    assert ran.code == 0
    assert (
        "Not freed by --unblock: 1 group\n  app.py:4  R12: openai 1.44.1 (requirements.txt:1) does "
        "not know `reasoning_effort`; openai 1.58.0 is the first to; "
        "--sampling drop sends nothing new\n"
    ) in ran.out


def test_edit_that_rests_on_an_uncommitted_version_is_left_out(small):
    small.commit({"requirements.txt": b"openai==1.44.1\n", "app.py": SAMPLED})
    small.write({"requirements.txt": b"openai==1.99.0\n"})
    ran = migrate("apply", "--unblock", "--yes")
    assert "uncommitted: requirements.txt differs between working tree and HEAD" in ran.out
    assert small.git("branch", "--list", BRANCH) == ""


def test_plan_is_stale_once_another_version_is_installed(small):
    small.commit({"requirements.txt": b"openai==1.99.0\n", "app.py": SAMPLED})
    migrate("plan", "--unblock", "--save", "../plan.json")
    small.commit({"requirements.txt": b"openai==1.44.1\n"})
    ran = migrate("apply", "../plan.json", "--unblock", "--yes")
    assert (ran.code, "requirements.txt" in ran.err) == (3, True)


def test_hook_that_refuses_an_unblock_commit_stops_before_anything_is_made(desk):
    desk.hook("commit-msg", 'grep -q "^unblock" "$1" && exit 1\nexit 0\n')
    before = desk.state()
    assert migrate("apply", "--unblock", "--yes").code == 3
    assert desk.state() == before
