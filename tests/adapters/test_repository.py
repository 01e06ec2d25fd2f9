from __future__ import annotations

import os
import subprocess

import pytest

from migrator.adapters.repository import open_tree
from migrator.domain.errors import GitError, UsageError
from migrator.domain.line_pattern import LinePattern


def refused(path, kind):
    with pytest.raises(kind) as caught:
        open_tree(path)
    assert caught.value.next_step
    assert str(path) in caught.value.message
    return caught.value


def test_missing_path_is_a_usage_error(tmp_path):
    error = refused(tmp_path / "gone", UsageError)
    assert error.exit_code == 2
    assert "No such file" in error.message


def test_path_that_is_a_file_is_a_usage_error(tmp_path):
    (tmp_path / "app.py").write_text("")
    error = refused(tmp_path / "app.py", UsageError)
    assert "is a file" in error.message
    assert str(tmp_path) in error.next_step


def test_folder_outside_git_is_a_plain_folder(tmp_path):
    opened = open_tree(tmp_path)
    assert (opened.versioned, opened.commit, opened.scope) == (False, None, "")


def test_root_of_a_clean_repository(repository):
    commit = repository.commit({"app.py": b"x = 1\n"})
    opened = open_tree(repository.root)
    assert (opened.root, opened.commit, opened.modified()) == (repository.root, commit, frozenset())
    assert opened.scope == ""


def test_part_of_a_repository_keeps_the_root_and_names_its_scope(repository):
    repository.commit({"src/née/app.py": b"x = 1\n"})
    opened = open_tree(repository.root / "src" / "née")
    assert (opened.root, opened.scope) == (repository.root, "src/née")


def test_changed_tracked_file_makes_it_dirty_and_an_untracked_one_does_not(repository):
    repository.commit({"app.py": b"x = 1\n"})
    repository.write({"new.py": b""})
    assert open_tree(repository.root).modified() == frozenset()
    repository.write({"app.py": b"x = 2\n"})
    assert open_tree(repository.root).modified() == {"app.py"}


def test_unborn_head_has_no_commit(repository):
    opened = open_tree(repository.root)
    assert (opened.versioned, opened.commit) == (True, None)
    assert opened.tree.paths() == ()


def test_detached_head_has_its_commit(repository):
    commit = repository.commit({"app.py": b""})
    repository.git("checkout", "--quiet", "--detach")
    assert open_tree(repository.root).commit == commit


def test_bare_repository_is_refused(tmp_path):
    subprocess.run(["git", "init", "--quiet", "--bare", tmp_path / "bare.git"], check=True)
    error = refused(tmp_path / "bare.git", GitError)
    assert error.exit_code == 3
    assert "bare" in error.message


def test_inside_of_a_git_directory_is_refused(repository):
    assert "git directory" in refused(repository.root / ".git" / "refs", GitError).message


def test_broken_git_directory_is_refused_not_read_as_a_plain_folder(repository):
    (repository.root / ".git" / "HEAD").unlink()
    assert "not a git repository" in refused(repository.root, GitError).message


def test_broken_index_is_refused_with_what_git_says(repository):
    repository.commit({"app.py": b""})
    (repository.root / ".git" / "index").write_bytes(b"garbage")
    for ahead in (False, True):
        with pytest.raises(GitError, match="index file") as caught:
            open_tree(repository.root, ahead=ahead).modified()
        assert caught.value.next_step


def test_head_that_names_a_missing_commit_is_refused(repository):
    repository.commit({"app.py": b""})
    (repository.root / ".git" / "refs" / "heads" / "main").write_text("1" * 40 + "\n")
    assert refused(repository.root, GitError).next_step


def test_foreign_owner_shows_the_advice_of_git(repository, monkeypatch):
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    error = refused(repository.root, GitError)
    assert "dubious ownership" in error.message
    assert "safe.directory" in error.next_step


def test_without_a_git_program_a_repository_is_a_plain_folder(repository, monkeypatch):
    repository.commit({"app.py": b""})
    monkeypatch.setenv("PATH", "")
    opened = open_tree(repository.root)
    assert not opened.versioned
    assert opened.tree.paths() == ("app.py",)


def test_empty_git_folder_is_no_repository(tmp_path):
    (tmp_path / ".git").mkdir()
    assert not open_tree(tmp_path).versioned


def test_variables_of_a_hook_do_not_leak_in(repository, tmp_path, monkeypatch):
    repository.commit({"app.py": b""})
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "other"))
    assert open_tree(repository.root).tree.paths() == ("app.py",)


def test_opening_does_not_touch_the_index(repository):
    repository.commit({"app.py": b"x = 1\n"})
    os.utime(repository.root / "app.py", (1, 1))
    before = (repository.root / ".git" / "index").read_bytes()
    open_tree(repository.root)
    assert (repository.root / ".git" / "index").read_bytes() == before


def test_linked_worktree_is_a_root_of_its_own(repository, tmp_path):
    commit = repository.commit({"app.py": b""})
    repository.git("worktree", "add", "--quiet", "-b", "side", str(tmp_path / "side"))
    opened = open_tree(tmp_path / "side")
    assert (opened.root, opened.commit) == (tmp_path / "side", commit)


def test_untracked_files_that_match_are_counted_and_ignored_ones_are_not(repository):
    repository.commit({".gitignore": b"out/\n", "app.py": b"gpt-4o"})
    repository.write({"a.py": b"gpt-4o", "b.py": b"nothing", "out/c.py": b"gpt-4o"})
    assert (
        open_tree(repository.root).untracked([LinePattern.of("gpt-4o"), LinePattern.of("gpt-5")])
        == 1
    )
