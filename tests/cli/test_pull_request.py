"""`--pr`: one draft per branch, pushed only when asked, and never over somebody's work."""

from __future__ import annotations

import os
import shutil

import pytest

from tests.github import GitHubStandIn
from tests.running import migrate

BRANCH = "migrate/gpt-5.5"
AGAIN = ("apply", "--pr", "--yes")


@pytest.fixture
def github(small, tmp_path, monkeypatch) -> GitHubStandIn:
    made = GitHubStandIn.made(tmp_path / "github", small)
    monkeypatch.setenv("PATH", f"{made.programs}{os.pathsep}{os.environ['PATH']}")
    return made


def tip(repository, branch=BRANCH) -> str:
    return repository.git("rev-parse", f"refs/heads/{branch}")


def summary(repository) -> str:
    return (repository.root / ".git" / "migrate" / BRANCH / "summary.md").read_text()


def test_draft_is_opened_with_the_summary(small, github):
    ran = migrate(*AGAIN)
    (pull,) = github.pulls
    assert (ran.code, pull["draft"], pull["head"]) == (0, True, BRANCH)
    assert (pull["title"], pull["body"]) == ("Upgrade to gpt-5.5", summary(small))
    assert github.tip(BRANCH) == tip(small)
    assert ran.out.endswith(
        f"Pushed {BRANCH} to origin.\nOpened a draft pull request: {pull['url']}\n"
    )
    assert "nothing is pushed" not in ran.out


def test_nothing_but_the_branch_is_pushed(small, github):
    small.git("branch", "private")
    small.git("tag", "private")
    before = github.remote.git("for-each-ref").splitlines()
    migrate(*AGAIN)
    after = github.remote.git("for-each-ref").splitlines()
    assert [each.split("\t")[1] for each in after if each not in before] == [f"refs/heads/{BRANCH}"]


def test_without_pr_nothing_is_pushed_and_nobody_asked(github):
    assert migrate("apply", "--yes").code == 0
    assert (github.calls, github.tip(BRANCH)) == ([], "")


def test_branch_that_an_earlier_run_made_is_taken_up(small, github):
    migrate("apply", "--yes")
    made = tip(small)
    ran = migrate(*AGAIN)
    assert ran.out.startswith(f"Branch {BRANCH} was made of this plan before.\n")
    assert (ran.code, tip(small), github.tip(BRANCH)) == (0, made, made)
    assert len(github.pulls) == 1


def test_branch_made_with_another_choice_is_not_taken_for_this_one(small, github):
    migrate("apply", "--yes")
    ran = migrate(*AGAIN, "--validate", "true")
    assert (ran.code, github.pulls) == (3, [])
    assert "already exists" in ran.err
    assert github.tip(BRANCH) == ""


def test_run_that_could_not_push_is_taken_up_by_the_next(small, github):
    small.hook("pre-push", "echo not on a Friday; exit 1\n")
    ran = migrate(*AGAIN)
    assert (ran.code, github.pulls) == (3, [])
    assert "git could not push it to origin:\nnot on a Friday\n" in ran.err
    assert "run the same command again: it goes on from the branch" in ran.err
    small.hook("pre-push", "exit 0\n")
    assert migrate(*AGAIN).code == 0
    assert len(github.pulls) == 1


def remade(small):
    """Move on as a team does: new commits, the old branch gone, the next upgrade."""
    small.git("branch", "--quiet", "-D", BRANCH)
    small.commit({"other.py": (small.root / "app.py").read_bytes()})
    small.git("push", "--quiet", "origin", "HEAD:refs/heads/main")


def test_rerun_updates_the_same_pull_request(small, github):
    migrate(*AGAIN)
    github.change(1, draft=False, title="Our title")
    remade(small)
    ran = migrate(*AGAIN)
    (pull,) = github.pulls
    assert (ran.code, pull["body"], pull["title"]) == (0, summary(small), "Our title")
    assert "`other.py:3`" in pull["body"]
    assert (pull["draft"], github.tip(BRANCH)) == (False, tip(small))
    assert f"Updated the pull request: {pull['url']}\n" in ran.out


def test_commits_of_others_on_the_branch_are_never_replaced(small, github):
    migrate(*AGAIN)
    small.git("checkout", "--quiet", BRANCH)
    theirs = small.commit({"note.txt": b"mine\n"})
    small.git("push", "--quiet", "origin", BRANCH)
    small.git("checkout", "--quiet", "main")
    remade(small)
    before = small.state()
    ran = migrate(*AGAIN)
    assert (ran.code, github.tip(BRANCH).strip()) == (3, theirs)
    assert "somebody may have added to it" in ran.err
    assert small.state() == before


def test_description_that_somebody_wrote_is_never_replaced(small, github):
    migrate(*AGAIN)
    github.change(1, body="Please wait for the release.")
    remade(small)
    ran = migrate(*AGAIN)
    assert (ran.code, github.pulls[0]["body"]) == (3, "Please wait for the release.")
    assert "has a description of its own" in ran.err


def test_pull_request_from_a_fork_with_the_same_branch_name_is_another(small, github):
    migrate(*AGAIN)
    github.change(1, body="Theirs.", isCrossRepository=True)
    migrate(*AGAIN)
    assert [each["body"] for each in github.pulls] == ["Theirs.", summary(small)]


def test_commits_that_nobody_has_seen_are_not_published_along(small, github):
    small.commit({"private.txt": b"1\n"})
    before = small.state()
    ran = migrate(*AGAIN)
    assert (ran.code, github.tip(BRANCH)) == (3, "")
    assert "would publish commits of yours" in ran.err
    assert small.state() == before


def test_draft_asks_for_the_branch_that_is_at_hand(small, github):
    small.git("checkout", "--quiet", "-b", "release")
    small.git("push", "--quiet", "--set-upstream", "origin", "release")
    migrate(*AGAIN)
    assert github.pulls[0]["base"] == "release"


def test_without_gh_it_is_refused_before_anything_is_made(small, tmp_path, monkeypatch):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "git").symlink_to(shutil.which("git"))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    before = small.state()
    ran = migrate(*AGAIN)
    assert ran.code == 3
    assert "--pr needs `gh`" in ran.err
    assert small.state() == before


def test_github_out_of_reach_is_told_before_anything_is_made(small, github):
    (github.home / "down").touch()
    before = small.state()
    ran = migrate(*AGAIN)
    assert ran.code == 3
    assert "gh pr list failed: error connecting to api.github.com" in ran.err
    assert small.state() == before


def test_repository_without_a_remote_is_told(small, github):
    small.git("remote", "remove", "origin")
    ran = migrate(*AGAIN)
    assert (ran.code, "git remote add origin URL" in ran.err) == (3, True)
    assert github.calls == []


def test_showing_and_proposing_at_once_cannot_be_meant(github):
    assert migrate("apply", "--pr", "--diff").code == 2
    assert github.calls == []


def test_plan_without_an_edit_needs_no_github(repository, monkeypatch):
    repository.commit({"app.py": b"print(1)\n"})
    monkeypatch.chdir(repository.root)
    ran = migrate(*AGAIN)
    assert ran.code == 0
    assert "Nothing to apply" in ran.out
