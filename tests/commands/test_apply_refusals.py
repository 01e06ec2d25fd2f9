"""When apply refuses or is interrupted, the repository is as it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace

import pytest

from migrator.commands.apply import CommitPer
from migrator.domain.errors import GitError, StalePlanError, UsageError
from migrator.domain.frontend import FrontEnd
from migrator.stages.select import Choice
from tests.applying import BASIS, applied, dropped, options, refused
from tests.plans import edit, plan
from tests.repositories import Repository

APP = b"A = 'gpt-4o'\nB = 'gpt-5.4'\n"
BRANCH = "migrate/gpt-5.5"


@pytest.fixture
def desk(repository):
    repository.commit({"app.py": APP, "b.py": APP})
    return repository


def made():
    edits = [edit(APP, "gpt-4o", group="g1"), edit(APP, "gpt-5.4", path="b.py", group="g2")]
    return plan({"app.py": APP, "b.py": APP}, edits)


def leftovers(desk):
    return [*desk.root.glob(".git/worktrees/*"), *desk.root.glob(".git/migrate")]


def test_changed_file_is_stale_and_named(desk):
    desk.commit({"app.py": APP + b"# more\n"})
    error = refused(desk, made(), StalePlanError)
    assert error.exit_code == 3
    assert "app.py: other bytes at HEAD" in error.message
    assert "b.py" not in error.message
    assert "migrate plan" in error.next_step


def test_removed_file_is_stale(desk):
    (desk.root / "app.py").unlink()
    desk.commit()
    assert "app.py: not at HEAD" in refused(desk, made(), StalePlanError).message


@pytest.mark.parametrize("part", ["tool", "playbook", "config"])
def test_other_basis_is_stale(desk, part):
    other = options(basis=replace(BASIS, **{part: "other"}))
    assert "now other" in refused(desk, made(), StalePlanError, other).message


def test_existing_branch_is_refused_with_the_two_commands(desk):
    applied(desk, made())
    error = refused(desk, made(), GitError)
    assert error.exit_code == 3
    assert f"git branch -D {BRANCH}" in error.next_step
    assert f"--branch {BRANCH}-2" in error.next_step


def test_branch_in_the_way_of_the_name_is_refused(desk):
    desk.git("branch", "migrate")
    assert "migrate" in refused(desk, made(), GitError).message
    assert not leftovers(desk)


@pytest.mark.parametrize("name", ["a..b", "-x", "a b", "x.lock"])
def test_impossible_branch_name_is_a_usage_error(desk, name):
    assert refused(desk, made(), UsageError, options(branch=name)).exit_code == 2


def test_outside_git_and_before_the_first_commit_apply_is_refused(tmp_path, repository):
    folder = Repository(tmp_path / "plain")
    folder.write({"app.py": APP})
    with pytest.raises(GitError, match="not in a git repository") as caught:
        applied(folder, made())
    assert "--diff" in caught.value.next_step
    repository.write({"app.py": APP})
    assert "no commit yet" in refused(repository, made(), GitError).message


def test_unknown_site_is_a_usage_error(desk):
    error = refused(desk, made(), UsageError, options(choice=Choice(sites=("nope",))))
    assert "nope" in error.message


def test_plan_that_contradicts_itself_is_refused(desk):
    broken = replace(made(), groups=())
    assert "belongs to no group" in refused(desk, broken, UsageError).message


def test_path_that_leaves_the_repository_is_never_written(desk, tmp_path):
    (tmp_path / "out.py").write_bytes(APP)
    desk.write({"link.py": b""})
    (desk.root / "link.py").unlink()
    (desk.root / "link.py").symlink_to(tmp_path / "out.py")
    desk.commit()
    for path in ("../out.py", "link.py"):
        error = refused(desk, plan({path: APP}, [edit(APP, "gpt-4o", path=path)]), StalePlanError)
        assert path in error.message
    assert (tmp_path / "out.py").read_bytes() == APP


def test_failing_hook_stops_with_its_output_and_leaves_nothing(desk):
    desk.hook("pre-commit", "echo lint says no; echo and why >&2; exit 1\n")
    error = refused(desk, made(), GitError)
    assert "lint says no" in error.message
    assert "and why" in error.message
    assert not leftovers(desk)


def test_hook_that_fails_later_takes_back_the_commits_before(desk):
    desk.hook("commit-msg", 'grep -q "in app.py" "$1"\n')
    refused(desk, made(), GitError)
    assert not leftovers(desk)


def test_hook_that_rewrites_more_than_planned_drops_its_group_alone(desk):
    script = "git diff --cached --quiet -- b.py || { echo '#' >>b.py; git add b.py; }\n"
    desk.hook("pre-commit", script)
    result, _ = applied(desk, made())
    assert [each.groups for each in result.commits] == [("g1",)]
    assert dropped(result)["g2"].startswith("hook: a commit hook rewrote b.py")
    assert desk.git("diff", "--name-only", "main", BRANCH) == "app.py\n"


def test_hook_that_adds_a_file_drops_the_group(desk):
    desk.hook("pre-commit", "echo x >extra; git add extra\n")
    result, _ = applied(desk, made())
    assert result.branch == ""
    assert "extra" in dropped(result)["g1"]
    assert not leftovers(desk)


def test_hook_that_spoils_one_file_of_a_single_commit_drops_that_group(desk):
    script = "git diff --cached --quiet -- b.py || { echo '#' >>b.py; git add b.py; }\n"
    desk.hook("pre-commit", script)
    result, _ = applied(desk, made(), options(commit_per=CommitPer.ALL))
    assert [each.groups for each in result.commits] == [("g1",)]
    assert list(dropped(result)) == ["g2"]


def test_hooks_of_the_message_are_heard(desk):
    desk.hook("prepare-commit-msg", 'printf "\\nTicket: 7\\n" >>"$1"\n')
    applied(desk, made())
    assert "Ticket: 7" in desk.git("log", "-1", "--format=%B", BRANCH)


def test_post_checkout_hook_is_not_run_for_the_temporary_worktree(desk, tmp_path):
    desk.hook("post-checkout", f"touch {tmp_path}/ran; exit 1\n")
    assert applied(desk, made())[0].commits
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, SystemExit])
@pytest.mark.parametrize("when", ["first proof", "last proof", "summary"])
def test_exception_in_the_middle_leaves_nothing(desk, error, when):
    def fail(*_):
        raise error

    def prove(source, splices, after):
        return fail() if when != "summary" and (when[0] == "f" or source.path == "b.py") else None

    front_end = FrontEnd("python", (".py",), None, None, prove)
    refused(desk, made(), error, front_ends=[front_end], render=fail)
    assert not list(desk.root.glob(".git/worktrees/*"))
    assert not list(desk.root.glob(".git/migrate/*.lock"))


def test_polite_kill_unwinds_like_an_interrupt(desk):
    before = signal.getsignal(signal.SIGTERM)
    front_end = FrontEnd(
        "python", (".py",), None, None, lambda *_: os.kill(os.getpid(), signal.SIGTERM)
    )
    refused(desk, made(), KeyboardInterrupt, front_ends=[front_end])
    assert signal.getsignal(signal.SIGTERM) is before
    assert not leftovers(desk)


KILLED = """
import os, signal, sys
from pathlib import Path
from migrator.domain.frontend import FrontEnd
from tests.applying import applied
from tests.commands.test_apply_refusals import made
from tests.repositories import Repository
kill = FrontEnd("python", (".py",), None, None, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
applied(Repository(Path(sys.argv[1])), made(), front_ends=[kill])
"""


def test_what_a_killed_run_left_is_removed_by_the_next(desk):
    before = desk.state()
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(desk.root)], check=False, capture_output=True
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert desk.state() != before
    result, _ = applied(desk, made())
    assert len(result.commits) == 2
    desk.git("branch", "-D", BRANCH)
    assert desk.state() == before


def test_two_applies_at_once_are_kept_apart(desk):
    def prove(source, splices, after):
        raise caught(lambda: applied(desk, made(), options(branch="second")))

    front_end = FrontEnd("python", (".py",), None, None, prove)
    error = refused(desk, made(), GitError, front_ends=[front_end])
    assert "another `migrate apply`" in error.message


def caught(act):
    with pytest.raises(GitError) as found:
        act()
    return found.value


def test_user_branch_of_the_same_name_survives_the_leftover_of_a_killed_run(desk):
    desk.git("branch", BRANCH)
    folder = desk.root / ".git" / "migrate"
    folder.mkdir()
    (folder / "apply.lock").write_text(f'{{"worktree": "/gone/desk", "branch": "{BRANCH}"}}')
    with pytest.raises(GitError, match="already exists"):
        applied(desk, made())
    assert desk.git("rev-parse", BRANCH) == desk.git("rev-parse", "main")
