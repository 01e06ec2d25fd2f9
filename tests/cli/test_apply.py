"""What `migrate apply` makes of the demo, from the command line to the branch."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import CALL, DEMO
from tests.edited import edited
from tests.planning import tree
from tests.repositories import Repository
from tests.running import migrate, process

BRANCH = "migrate/gpt-5.5"


def branch_tree(repository, branch=BRANCH):
    names = repository.git("ls-tree", "-r", "-z", "--name-only", branch).split("\0")
    return {name: repository.blob(f"{branch}:{name}") for name in names if name}


def changed(repository, branch=BRANCH):
    return repository.git("diff", "--unified=0", "main", branch)


def result(repository, branch=BRANCH):
    return json.loads((repository.root / ".git/migrate" / branch / "result.json").read_text())


def test_saved_plan_gives_exactly_the_tree_after(desk):
    migrate("plan", "--save", "../plan.json")
    document = json.loads((desk.root.parent / "plan.json").read_text())
    ran = process("apply", "../plan.json", "--yes", cwd=desk.root)
    assert (ran.code, ran.err) == (0, "")
    assert branch_tree(desk) == tree(DEMO / "after") == edited(tree(DEMO / "before"), document)


def test_fresh_plan_gives_the_same_branch(desk):
    assert migrate("apply", "--yes").code == 0
    assert branch_tree(desk) == tree(DEMO / "after")


def test_plan_on_the_branch_proposes_nothing(desk):
    migrate("apply", "--yes")
    desk.git("checkout", "--quiet", BRANCH)
    assert migrate("plan", "--check").code == 0
    before = desk.state()
    ran = migrate("apply", "--yes", "--branch", "again")
    assert ran.code == 0
    assert ran.out.startswith("Nothing to apply, so no branch was made: the plan has no edit.\n")
    assert "migrate plan --confirm " in ran.out
    assert desk.state() == before


def test_words_at_the_end_are_true(desk):
    out = migrate("apply", "--yes").out
    for each in result(desk)["commits"]:
        assert f"  {each['commit'][:12]}  {each['subject']}\n" in out
    revert = next(line for line in out.splitlines() if "git revert" in line)
    desk.git("checkout", "--quiet", BRANCH)
    desk.git(*revert.partition("#")[0].split()[1:])
    assert desk.git("log", "--oneline", "main..").count("\n") == 6
    summary = desk.root / f".git/migrate/{BRANCH}/summary.md"
    assert f"--body-file {summary}\n" in out
    assert (
        " by 5 edits (4 of model ids, 1 of prompts) in 3 files, as 5 commits" in summary.read_text()
    )


def test_tree_with_work_under_way_stays_as_it_is(desk):
    desk.write({"README.md": b"stashed"})
    desk.git("stash")
    desk.write({"README.md": b"staged", "new.py": CALL})
    desk.git("add", "README.md")
    desk.write({"CHANGELOG.md": b"changed"})
    before, files = desk.state(), tree(desk.root / "support_desk")
    assert migrate("apply", "--yes").code == 0
    assert branch_tree(desk) == tree(DEMO / "after")
    desk.git("branch", "--quiet", "-D", BRANCH)
    assert (desk.state(), tree(desk.root / "support_desk")) == (before, files)


def test_group_on_uncommitted_bytes_is_left_out_and_named(desk):
    path = "support_desk/tagging.py"
    desk.write({path: (desk.root / path).read_bytes() + b"# mine\n"})
    out = migrate("apply", "--yes").out
    assert f"{path}:10  uncommitted: {path} differs" in out
    assert branch_tree(desk)[path] == tree(DEMO / "before")[path]
    assert branch_tree(desk)["support_desk/config.py"] != tree(DEMO / "before")[path]


def test_plan_is_stale_once_a_file_it_rests_on_changed(desk):
    migrate("plan", "--save", "../plan.json")
    desk.commit({"support_desk/prompts.py": b'REPLY = "Hello."\n'})
    before = desk.state()
    ran = migrate("apply", "../plan.json", "--yes")
    assert (ran.code, ran.out) == (3, "")
    assert "the plan is stale: support_desk/prompts.py: other bytes at HEAD" in ran.err
    assert "migrate plan --save" in ran.err
    assert desk.state() == before


def test_plan_is_stale_once_the_configuration_changed(desk):
    migrate("plan", "--save", "../plan.json")
    desk.commit({"migrate.toml": b"confirm = ['small']\n"})
    ran = migrate("apply", "../plan.json", "--yes")
    assert (ran.code, "the plan is stale: configuration" in ran.err) == (3, True)


def test_plan_of_another_repository_is_refused(desk, tmp_path, monkeypatch):
    migrate("plan", "--save", "../plan.json")
    other = Repository.made(tmp_path / "other")
    other.commit({"other.py": CALL})
    monkeypatch.chdir(other.root)
    ran = migrate("apply", "../plan.json", "--yes")
    assert ran.code == 3
    assert "no file that it rests on is in " in ran.err


def test_existing_branch_is_refused_with_two_commands_that_help(desk):
    migrate("apply", "--yes")
    before = desk.state()
    ran = migrate("apply", "--yes")
    assert (ran.code, ran.out) == (3, "")
    assert f"git branch -D {BRANCH}\n" in ran.err
    assert f"migrate apply --branch {BRANCH}-2\n" in ran.err
    assert desk.state() == before
    assert migrate("apply", "--yes", "--branch", f"{BRANCH}-2").code == 0


def test_only_one_outcome_is_applied_and_the_summary_says_so(desk):
    assert migrate("apply", "--yes", "--only", "string_only").code == 0
    assert desk.git("diff", "--name-only", "main", BRANCH) == "support_desk/tagging.py\n"
    summary = (desk.root / f".git/migrate/{BRANCH}/summary.md").read_text()
    assert "ready, and not chosen for this branch" in summary


@pytest.mark.parametrize("named", ["id", "place"])
def test_only_the_group_of_a_site_is_applied(desk, named):
    document = json.loads(migrate("plan", "--format", "json").out)
    site = next(each for each in document["sites"] if each["edits"] and "replies" in each["path"])
    name = site["id"] if named == "id" else f"{site['path']}:{site['line']}"
    assert migrate("apply", "--yes", "--site", name).code == 0
    assert changed(desk).count("\n+") == 2
    assert '+REPLY_MODEL = "gpt-5.5"' in changed(desk)


def test_choice_that_fits_no_group_makes_nothing(desk):
    before = desk.state()
    ran = migrate("apply", "--yes", "--only", "blocked")
    assert (ran.code, ran.out.partition(":")[0]) == (0, "Nothing to apply, so no branch was made")
    assert desk.state() == before


def test_one_commit_for_all_when_the_option_or_the_configuration_says_so(desk):
    assert migrate("apply", "--yes", "--commit-per", "all").code == 0
    assert len(result(desk)["commits"]) == 1
    assert branch_tree(desk) == tree(DEMO / "after")
    desk.commit({"migrate.toml": b"commit-per = 'all'\n"})
    assert migrate("apply", "--yes", "--branch", "second").code == 0
    assert len(result(desk, "second")["commits"]) == 1


def test_diff_is_what_the_branch_changes_and_writes_nothing(desk, tmp_path):
    before = desk.state()
    ran = migrate("apply", "--diff")
    assert (ran.code, ran.err) == (0, "")
    assert desk.state() == before
    (tmp_path / "edits.diff").write_text(ran.out)
    desk.git("apply", str(tmp_path / "edits.diff"))
    found = {path: (desk.root / path).read_bytes() for path in tree(DEMO / "after")}
    assert found == tree(DEMO / "after")


def test_diff_without_an_edit_says_so_beside_the_empty_diff(small):
    ran = migrate("apply", "--diff", "--from", "o3")
    assert (ran.code, ran.out) == (0, "")
    assert "no edit" in ran.err


def test_part_of_a_repository_is_planned_and_applied_from_its_root(desk, monkeypatch):
    migrate("plan", "support_desk", "--save", "../plan.json")
    assert migrate("apply", "../plan.json", "--yes").code == 0
    assert branch_tree(desk) == tree(DEMO / "after")
    monkeypatch.chdir(desk.root / "support_desk")
    assert migrate("apply", "../../plan.json", "--yes", "--branch", "second").code == 0
    assert migrate("apply", "--yes", "--branch", "third").code == 0
    assert branch_tree(desk, "third") == branch_tree(desk, "second") == tree(DEMO / "after")


def test_configuration_of_a_part_belongs_to_its_saved_plan(desk):
    desk.commit({"support_desk/migrate.toml": b"from = ['gpt-5.4']\n"})
    migrate("plan", "support_desk", "--save", "../plan.json")
    assert migrate("apply", "../plan.json", "--yes").code == 0
    assert desk.git("diff", "--name-only", "main", BRANCH) == "support_desk/tagging.py\n"


def test_options_that_plan_shape_a_fresh_plan(desk):
    assert migrate("apply", "--yes", "--from", "gpt-5.4").code == 0
    assert desk.git("diff", "--name-only", "main", BRANCH) == "support_desk/tagging.py\n"
    wider = migrate("apply", "--yes", "--confirm", "small,snapshot", "--branch", "wider")
    assert wider.code == 0
    assert changed(desk, "wider").count("\n+ ") > 1
