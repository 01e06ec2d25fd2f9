"""Git as people have it: apply does its work, or says clearly why not, and harms nothing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import CALL
from tests.repositories import Repository
from tests.running import migrate, process

BRANCH = "migrate/gpt-5.5"
MOVED = CALL.replace(b"gpt-4.1", b"gpt-5.5")


def applied(repository, path="app.py", branch=BRANCH):
    """Apply on the command line's behalf; the branch holds the moved bytes, and no more."""
    ran = migrate("apply", "--yes", "--branch", branch)
    assert ran.code == 0, ran.err
    assert repository.blob(f"{branch}:{path}") == MOVED
    changed = repository.git("diff", "--name-only", "-z", f"{branch}~1", branch)
    assert changed == f"{path}\0"
    return ran


def refused(repository, *words: str, **more: str):
    """Apply in a process of its own: exit 3, a next step, and nothing changed."""
    before = repository.state()
    ran = process("apply", "--yes", *words, cwd=repository.root, **more)
    assert (ran.code, ran.out) == (3, ""), ran
    assert "  next: " in ran.err
    assert "Traceback" not in ran.err
    assert "a bug in migrate" not in ran.err
    assert repository.state() == before
    return ran.err


# Submodules, LFS, partial histories and trees


@pytest.fixture
def inner(tmp_path) -> Repository:
    made = Repository.made(tmp_path / "inner")
    made.commit({"inner.py": CALL})
    return made


@pytest.fixture
def outer(small, inner) -> Repository:
    small.git("-c", "protocol.file.allow=always", "submodule", "add", "--quiet", str(inner.root))
    small.commit()
    return small


def test_a_submodule_is_named_and_left_to_itself(outer):
    plan = json.loads(migrate("plan", "--format", "json").out)
    assert [each["path"] for each in plan["sites"]] == ["app.py"]
    assert plan["notices"] == ["submodule inner names a model in 1 file; plan it by itself"]
    pinned = outer.git("rev-parse", "HEAD:inner")
    applied(outer)
    assert outer.git("rev-parse", f"{BRANCH}:inner") == pinned


def test_a_submodule_that_is_not_checked_out_is_named(outer):
    outer.git("submodule", "--quiet", "deinit", "--force", "inner")
    (notice,) = json.loads(migrate("plan", "--format", "json").out)["notices"]
    assert notice == "submodule inner is not checked out and was not looked into"


def test_inside_a_submodule_its_own_repository_is_applied(outer, monkeypatch):
    sub = Repository(outer.root / "inner")
    monkeypatch.chdir(sub.root)
    applied(sub, "inner.py")
    assert outer.git("for-each-ref", f"refs/heads/{BRANCH}") == ""


LFS = """\
#!/bin/sh
case "$1" in
smudge) [ -n "$GIT_LFS_SKIP_SMUDGE" ] && exec cat; sed 's/^stored: //' ;;
clean) sed '/^stored: /!s/^/stored: /' ;;
esac
"""


def test_content_that_lfs_stores_elsewhere_is_not_fetched(small, tmp_path):
    script = tmp_path / "lfs"
    script.write_text(LFS)
    script.chmod(0o755)
    for part in ("smudge", "clean"):
        small.git("config", f"filter.lfs.{part}", f"{script} {part}")
    small.git("config", "filter.lfs.required", "true")
    small.commit({".gitattributes": b"*.bin filter=lfs\n", "large.bin": b"many bytes\n"})
    assert small.blob("HEAD:large.bin") == b"stored: many bytes\n"
    small.hook("pre-commit", f"cat large.bin >{tmp_path}/seen\n")
    applied(small)
    assert (tmp_path / "seen").read_bytes() == b"stored: many bytes\n"
    assert (small.root / "large.bin").read_bytes() == b"many bytes\n"


def test_file_whose_bytes_lfs_converts_is_left_out(small, tmp_path):
    script = tmp_path / "lfs"
    script.write_text(LFS)
    script.chmod(0o755)
    for part in ("smudge", "clean"):
        small.git("config", f"filter.lfs.{part}", f"{script} {part}")
    small.commit({".gitattributes": b"app.py filter=lfs\n"})
    (small.root / "app.py").write_bytes(CALL + b"# touched\n")
    small.commit()
    before = small.state()
    ran = migrate("apply", "--yes")
    assert ran.code == 0
    assert "git stores other bytes of app.py than it checks out" in ran.out
    assert small.state() == before


def test_shallow_clone_is_applied(small, tmp_path, monkeypatch):
    small.commit({"more.txt": b"1"})
    subprocess.run(
        ["git", "clone", "--quiet", "--depth=1", f"file://{small.root}", tmp_path / "shallow"],
        check=True,
    )
    shallow = Repository(tmp_path / "shallow")
    monkeypatch.chdir(shallow.root)
    applied(shallow)
    assert (shallow.root / ".git" / "shallow").exists()


@pytest.mark.parametrize("cone", [True, False])
def test_sparse_checkout_is_applied_and_stays_sparse(small, cone):
    small.commit({"services/app.py": CALL, "other/app.py": CALL})
    small.git("rm", "--quiet", "app.py")
    small.commit()
    small.git("sparse-checkout", "set", *(["--cone"] if cone else ["--no-cone"]), "services")
    assert not (small.root / "other").exists()
    applied(small, "services/app.py")
    assert small.blob(f"{BRANCH}:other/app.py") == CALL
    assert not (small.root / "other").exists()


def test_partial_clone_is_applied_without_asking_its_origin(small, tmp_path, monkeypatch):
    small.git("config", "uploadpack.allowFilter", "true")
    source = f"file://{small.root}"
    clone = ["git", "clone", "--quiet", "--filter=blob:none", source, tmp_path / "partial"]
    subprocess.run(clone, check=True)
    partial = Repository(tmp_path / "partial")
    small.root.rename(tmp_path / "away")
    monkeypatch.chdir(partial.root)
    applied(partial)
    assert partial.blob(f"{BRANCH}:app.py") == MOVED


# Worktrees and heads


def test_linked_worktree_is_applied_from_its_own_head(small, tmp_path, monkeypatch):
    side = Repository(tmp_path / "side")
    small.git("worktree", "add", "--quiet", "-b", "side", str(side.root))
    side.commit({"side.py": b"1\n"})
    monkeypatch.chdir(side.root)
    applied(side)
    assert small.git("rev-parse", f"{BRANCH}~1") == small.git("rev-parse", "side")


def test_worktree_of_the_user_that_is_out_of_reach_stays_registered(small, tmp_path):
    small.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "drive"))
    (tmp_path / "drive").rename(tmp_path / "unplugged")
    applied(small)
    assert str(tmp_path / "drive") in small.git("worktree", "list")
    (tmp_path / "unplugged").rename(tmp_path / "drive")
    assert Repository(tmp_path / "drive").git("status", "--short") == ""


def test_detached_head_is_applied_and_stays_detached(small):
    small.git("checkout", "--quiet", "--detach")
    applied(small)
    assert (small.root / ".git" / "HEAD").read_text() == small.git("rev-parse", "main")


@pytest.mark.parametrize("name", ["migrate", f"{BRANCH}/more"])
def test_branch_that_git_cannot_hold_beside_another_is_refused_at_once(small, name):
    small.git("branch", name)
    assert f"while there is a branch {name}" in refused(small)


# Authors, signatures, ownership


def test_missing_author_is_refused_with_what_git_asks_for(small, tmp_path):
    (tmp_path / "empty").write_text("[user]\nuseConfigOnly = true\n")
    more = {"GIT_CONFIG_GLOBAL": str(tmp_path / "empty")}
    error = refused(small, **more)
    assert "user.email" in error


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="signs with ssh-keygen")
def test_commits_are_signed_as_git_is_told(small, tmp_path):
    key = tmp_path / "key"
    subprocess.run(
        ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "x", "-f", str(key)], check=True
    )
    small.git("config", "gpg.format", "ssh")
    small.git("config", "user.signingkey", f"{key}.pub")
    small.git("config", "commit.gpgsign", "true")
    applied(small)
    assert "gpgsig -----BEGIN SSH SIGNATURE-----" in small.git("cat-file", "commit", BRANCH)


def test_signature_that_fails_is_refused(small):
    small.git("config", "gpg.program", "false")
    small.git("config", "commit.gpgsign", "true")
    assert "gpg failed to sign" in refused(small)


def test_repository_of_another_owner_is_refused_with_what_git_advises(small):
    error = refused(small, GIT_TEST_ASSUME_DIFFERENT_OWNER="1")
    assert "dubious ownership" in error
    assert "safe.directory" in error


def test_repository_of_another_owner_that_is_trusted_is_applied(small, tmp_path):
    trust = tmp_path / "trust"
    settings = Path(os.environ["GIT_CONFIG_GLOBAL"]).read_text()
    trust.write_text(f"{settings}[safe]\ndirectory = {small.root}\n")
    more = {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1", "GIT_CONFIG_GLOBAL": str(trust)}
    ran = process("apply", "--yes", cwd=small.root, **more)
    assert ran.code == 0, ran.err
    assert small.blob(f"{BRANCH}:app.py") == MOVED


# Names, modes, links


@pytest.mark.parametrize(
    "path", ["naïve/ключ 模型.py", "a\tb.py", 'quo"te.py', "-x.py", "[a]*.py", ":(top)x.py"]
)
def test_unusual_path_is_applied(repository, monkeypatch, path):
    repository.commit({path: CALL})
    monkeypatch.chdir(repository.root)
    applied(repository, path)
    assert repository.blob(f"{BRANCH}:./{path}") == MOVED


def test_path_that_is_not_utf_8_is_named_and_the_rest_goes_on(small):
    (small.root / os.fsdecode(b"caf\xe9.py")).write_bytes(CALL)
    small.commit()
    ran = migrate("apply", "--yes")
    assert ran.code == 0, ran.err
    assert small.blob(f"{BRANCH}:app.py") == MOVED


@pytest.mark.parametrize("ignore_case", ["true", "false"])
def test_names_that_differ_in_case_alone_are_kept_apart(repository, monkeypatch, ignore_case):
    repository.commit({"app.py": CALL, "App.py": b"# not this one\n"})
    repository.git("config", "core.ignorecase", ignore_case)
    monkeypatch.chdir(repository.root)
    applied(repository)
    assert repository.blob(f"{BRANCH}:App.py") == b"# not this one\n"


def test_mode_is_kept_and_links_are_not_followed(small):
    (small.root / "app.py").chmod(0o755)
    (small.root / "link.py").symlink_to("app.py")
    (small.root / "folder").symlink_to(".")
    small.commit()
    applied(small)
    assert small.git("ls-tree", BRANCH, "app.py").startswith("100755 ")
    assert small.git("ls-tree", BRANCH, "link.py").startswith("120000 ")


@pytest.mark.parametrize("path", ["{outside}", "folder/app.py", "../outside.py"])
def test_a_plan_cannot_reach_out_of_the_repository(small, tmp_path, path):
    outside = tmp_path / "outside.py"
    outside.write_bytes(CALL)
    (small.root / "folder").symlink_to(tmp_path)
    small.commit()
    migrate("plan", "--save", "../plan.json")
    text = (tmp_path / "plan.json").read_text()
    wanted = path.format(outside=outside)
    (tmp_path / "folder").mkdir(exist_ok=True)
    (tmp_path / "app.py").write_bytes(CALL)
    (tmp_path / "plan.json").write_text(text.replace('"app.py"', json.dumps(wanted)))
    before = small.state()
    ran = migrate("apply", "../plan.json", "--yes")
    assert ran.code == 3
    assert outside.read_bytes() == (tmp_path / "app.py").read_bytes() == CALL
    assert small.state() == before
