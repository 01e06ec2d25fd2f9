"""What apply makes, on real repositories."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from migrator.adapters.repository import open_tree
from migrator.commands.apply import ApplyOptions, CommitPer, Voice, apply
from migrator.domain.edit import EditKind
from migrator.domain.frontend import FrontEnd
from migrator.domain.site import Ask, Hold, Outcome
from migrator.stages.select import Choice
from tests.applying import BASIS, applied, dropped, options
from tests.plans import edit, plan, site

APP = "\ufeff# née\r\nMODEL = 'gpt-4o'\r\n\tOTHER = \"gpt-5.4\"".encode()
BRANCH = "migrate/gpt-5.5"


def two_groups(content=APP, path="app.py"):
    edits = [
        edit(content, "gpt-4o", group="g1", path=path),
        edit(content, "gpt-5.4", group="g2", path=path),
    ]
    return plan({path: content}, edits)


def test_branch_holds_exactly_the_planned_bytes(repository):
    repository.commit({"app.py": APP, "other.py": b"gpt-4o\n"})
    applied(repository, two_groups())
    assert repository.blob(f"{BRANCH}:app.py") == APP.replace(b"gpt-4o", b"gpt-5.5").replace(
        b"gpt-5.4", b"gpt-5.5"
    )
    assert repository.git("diff", "--name-only", "main", BRANCH) == "app.py\n"


def test_each_group_has_a_commit_that_can_be_undone_alone(repository):
    base = repository.commit({"app.py": APP})
    result, said = applied(repository, two_groups())
    assert [each.groups for each in result.commits] == [("g1",), ("g2",)]
    assert repository.blob(f"{result.commits[0].commit}:app.py") == APP.replace(
        b"gpt-4o", b"gpt-5.5"
    )
    assert repository.git("rev-parse", f"{BRANCH}~2").strip() == base == result.base
    for each, line in zip(result.commits, (2, 3), strict=True):
        assert f"  git revert --no-edit {each.commit[:12]}  # app.py:{line}" in said


def test_message_has_trailers_that_git_reads(repository):
    repository.commit({"app.py": APP})
    applied(repository, two_groups())
    trailers = repository.git("log", "-1", "--format=%(trailers)", BRANCH).split("\n")
    assert trailers[:2] == ["Migrate-Site: s-g2", "Migrate-Rule: light.1"]
    assert repository.git("log", "-1", "--format=%an", BRANCH) == "A Writer\n"


def test_checkout_index_stash_and_head_stay_as_they_are(repository):
    repository.commit({"app.py": APP, "a.txt": b"1", "b.txt": b"1"})
    repository.write({"a.txt": b"stashed"})
    repository.git("stash")
    repository.write({"a.txt": b"staged", "b.txt": b"changed", "new.txt": b"new"})
    repository.git("add", "a.txt")
    before = repository.state()
    result, _ = applied(repository, two_groups())
    repository.git("branch", "--quiet", "-D", BRANCH)
    assert result.commits
    assert repository.state() == before


def test_prompt_and_model_edits_of_a_group_are_commits_of_their_own(repository):
    content = b"MODEL = 'gpt-4o'\nPROMPT = 'Be brief.'\n"
    repository.commit({"app.py": content})
    prompt = edit(content, "Be brief.", "Be brief. Stop when done.", kind=EditKind.PROMPT)
    result, said = applied(repository, plan({"app.py": content}, [prompt, edit(content, "gpt-4o")]))
    assert [each.kind for each in result.commits] == ["model", "prompt"]
    assert result.commits[1].subject.startswith("prompt: ")
    newest, oldest = (each.commit[:12] for each in reversed(result.commits))
    assert f"  git revert --no-edit {newest} {oldest}  # app.py:2, app.py:1" in said


def test_one_commit_for_all_when_asked(repository):
    repository.commit({"app.py": APP})
    result, _ = applied(repository, two_groups(), options(commit_per=CommitPer.ALL))
    (commit,) = result.commits
    assert commit.groups == ("g1", "g2")
    assert commit.sites == ("s-g1", "s-g2")
    assert b"gpt-4o" not in repository.blob(f"{BRANCH}:app.py")


def test_record_and_summary_lie_beside_git_and_are_named_for_the_pull_request(repository):
    repository.commit({"app.py": APP})
    result, said = applied(repository, two_groups())
    folder = repository.root / ".git" / "migrate" / BRANCH
    assert (folder / "summary.md").read_text() == "2 commits\n"
    record = json.loads((folder / "result.json").read_text())
    assert [each["commit"] for each in record["commits"]] == [e.commit for e in result.commits]
    assert said[-1].startswith(f"  gh pr create --draft --head {BRANCH} ")
    assert said[-1].endswith(f" --body-file {folder / 'summary.md'}")


def test_named_branch_is_used(repository):
    repository.commit({"app.py": APP})
    result, _ = applied(repository, two_groups(), options(branch="topic/ü-1"))
    assert result.branch == "topic/ü-1"
    assert repository.git("rev-parse", "topic/ü-1").strip() == result.commits[-1].commit


@pytest.mark.parametrize("path", ["née dir/ä b.py", ":(top)x.py", "-x.py", "[a].py"])
def test_unusual_paths_are_committed(repository, path):
    repository.commit({path: APP, "a.py": APP})
    applied(repository, two_groups(path=path))
    assert repository.git("diff", "--name-only", "-z", "main", BRANCH) == path + "\0"


def test_mode_is_kept(repository):
    repository.write({"run.py": APP})
    (repository.root / "run.py").chmod(0o755)
    repository.commit()
    applied(repository, two_groups(path="run.py"))
    assert repository.git("ls-tree", BRANCH, "run.py").startswith("100755 ")


def test_checked_out_line_ends_are_followed_back(repository):
    content = b"MODEL = 'gpt-4o'\r\nOTHER = 'gpt-5.4'\r\n"
    repository.git("config", "core.autocrlf", "true")
    repository.commit({"app.py": content})
    assert repository.blob("HEAD:app.py") == content.replace(b"\r\n", b"\n")
    applied(repository, two_groups(content))
    assert repository.blob(f"{BRANCH}:app.py") == b"MODEL = 'gpt-5.5'\nOTHER = 'gpt-5.5'\n"


def test_group_is_dropped_when_git_would_convert_the_whole_file(repository):
    repository.commit({"app.py": APP})
    repository.commit({".gitattributes": b"*.txt text\n"})
    (repository.root / ".git" / "info").mkdir(exist_ok=True)
    (repository.root / ".git" / "info" / "attributes").write_text("*.py text\n")
    result, _ = applied(repository, two_groups())
    assert result.commits == ()
    assert [each.reason.split(":")[0] for each in result.dropped] == ["unproved", "unproved"]


def test_detached_head_and_linked_worktree_work(repository, tmp_path):
    repository.commit({"app.py": APP})
    repository.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "side"))
    side = replace(repository, root=tmp_path / "side")
    result, said = applied(side, two_groups())
    assert repository.git("rev-parse", BRANCH).strip() == result.commits[-1].commit
    assert str(repository.root / ".git" / "migrate") in said[-1]


def test_moved_head_alone_is_not_stale(repository):
    repository.commit({"app.py": APP})
    repository.commit({"readme": b"more"})
    assert len(applied(repository, two_groups())[0].commits) == 2


def test_unproved_group_is_dropped_and_the_rest_goes_on(repository):
    repository.commit({"app.py": APP})

    def prove(source, splices, after):
        return "the tree differs" if b"gpt-4o" not in after else None

    front_end = FrontEnd("python", (".py",), None, None, prove)
    result, _ = applied(repository, two_groups(), front_ends=[front_end])
    assert [each.groups for each in result.commits] == [("g2",)]
    assert dropped(result) == {"g1": "unproved: app.py: the tree differs"}


def test_overlap_drops_both_groups_and_no_branch_is_made(repository):
    repository.commit({"app.py": APP})
    edits = [edit(APP, "gpt-4o", group="g1"), edit(APP, "'gpt-4o'", "'gpt-5.5'", group="g2")]
    before = repository.state()
    result, said = applied(repository, plan({"app.py": APP}, edits))
    assert [each.reason.split(":")[0] for each in result.dropped] == ["overlap", "overlap"]
    assert result.branch == ""
    assert said[0].startswith("Nothing to apply")
    assert repository.state() == before


def test_plan_without_edits_makes_no_branch_and_names_the_ways_on(repository):
    repository.commit({"app.py": APP})
    asking = site("s1", outcome=Outcome.CONFIRMATION_NEEDED, asks=(Ask.SMALL,), hold=Hold.HOLDS)
    result, said = applied(repository, plan({"app.py": APP}, sites=[asking]))
    assert (result.branch, result.commits) == ("", ())
    assert "the plan has no edit" in said[0]
    assert any("--confirm small" in line for line in said)


def test_chosen_sites_act_on_whole_groups(repository):
    repository.commit({"app.py": APP})
    chosen = options(choice=Choice(sites=("s-g2",)))
    result, _ = applied(repository, two_groups(), chosen)
    assert [each.sites for each in result.commits] == [("s-g2",)]


def test_group_on_uncommitted_bytes_is_left_out_and_another_goes_on(repository):
    repository.commit({"app.py": APP, "b.py": b"m = 'gpt-4o'\n"})
    mine = b"# mine\n" + APP
    repository.write({"app.py": mine})
    edits = [edit(mine, "gpt-4o"), edit(b"m = 'gpt-4o'\n", "gpt-4o", path="b.py", group="g2")]
    before = repository.state()
    result, said = applied(repository, plan({"app.py": mine, "b.py": b"m = 'gpt-4o'\n"}, edits))
    assert [each.groups for each in result.commits] == [("g2",)]
    assert dropped(result)["g1"].startswith("uncommitted: app.py")
    assert any("uncommitted: app.py" in line for line in said)
    repository.git("branch", "-D", BRANCH)
    assert repository.state() == before


def test_group_whose_verdict_read_an_uncommitted_file_is_left_out(repository):
    repository.commit({"app.py": APP, "prices.py": b"{}"})
    repository.write({"prices.py": b"{1: 2}"})
    one = edit(APP, "gpt-4o")
    far = site("s1", "prices.py", [one.id])
    result, said = applied(repository, plan({"app.py": APP, "prices.py": b"{1: 2}"}, [one], [far]))
    assert result.branch == ""
    assert any("Commit or stash" in line for line in said)


def test_progress_is_told_apart_from_the_result(repository):
    repository.commit({"app.py": APP})
    said, progress = [], []
    voice = Voice(say=said.append, progress=progress.append, render_summary=lambda *_: "")
    apply(two_groups(), open_tree(repository.root), [], ApplyOptions(basis=BASIS), voice)
    assert progress[1:] == ["committing app.py:2", "committing app.py:3"]
    assert not set(progress) & set(said)
