"""What both kinds of tree promise, and where they differ."""

from __future__ import annotations

import pytest

from migrator.adapters.git_command import Git
from migrator.adapters.plain_folder import PlainFolder
from migrator.adapters.repository import open_tree
from migrator.adapters.tracked_files import TrackedFiles
from migrator.domain.line_pattern import LinePattern
from migrator.domain.source import Skipped, SourceFile
from tests.repositories import Repository

FILES = {
    "app.py": b'MODEL = "gpt-4o"\n',
    "née.py": b"model_name = 'o1'\n",
    "lib/plain.txt": b"nothing of note, not even MODEL_NAME\n",
    "logo.png": b"\x89PNG\0gpt-4o",
    "old.py": b"caf\xe9 = 'gpt-4o'\n",
}


def patterns(*texts):
    return [LinePattern.of(each) for each in texts]


@pytest.fixture(params=["git", "folder"])
def tree(request, tmp_path):
    if request.param == "folder":
        Repository(tmp_path / "desk").write(FILES)
        return open_tree(tmp_path / "desk").tree
    made = Repository.made(tmp_path / "desk")
    made.commit(FILES)
    return open_tree(made.root).tree


def test_paths_are_sorted_and_complete(tree):
    assert tree.paths() == tuple(sorted(FILES))


def test_read_gives_the_bytes_once(tree):
    assert tree.read("app.py") == SourceFile("app.py", FILES["app.py"])
    assert tree.read("app.py") is tree.read("app.py")


def test_search_lists_text_files_that_match_any_pattern(tree):
    found = tree.search(patterns(r"gpt-4o(?![\w-])", r"(?<!\w)o1\b"))
    assert tuple(found) == ("app.py", "née.py", "old.py")


def test_search_gives_the_lines_in_order(tree, tmp_path):
    repository = Repository(tmp_path / "desk")
    repository.write({"app.py": b"\ngpt-4o gpt-4o\r\nno\rno\n\ngpt-4o # first\n"})
    assert open_tree(repository.root).tree.search(patterns("gpt-4o(?! #)")) == {
        "app.py": (2,),
        "old.py": (1,),
    }


def test_search_for_nothing_finds_nothing(tree):
    assert tree.search([]) == {}
    assert tree.search_words([]) == ()


def test_words_are_whole_and_literal(tree):
    assert tree.search_words(["MODEL", "model.name"]) == ("app.py",)
    assert tree.search_words(["model_name", "MODEL_NAME"]) == ("lib/plain.txt", "née.py")
    assert tree.search_words([f"NAME_{n}" for n in range(3000)] + ["model_name"]) == ("née.py",)


def test_words_are_sought_in_files_of_a_kind(tree, monkeypatch):
    monkeypatch.setenv("GIT_LITERAL_PATHSPECS", "1")
    wanted = ["MODEL", "model_name", "MODEL_NAME"]
    assert tree.search_words(wanted, ("*.py",)) == ("app.py", "née.py")
    assert tree.search_words(wanted, ("*.txt", "*.PY")) == ("lib/plain.txt",)
    assert tree.search_words(wanted, ("[a-m]*.py", "*i*/*n.txt")) == ("app.py", "lib/plain.txt")


def test_symbolic_links_are_not_followed(tree, tmp_path):
    (tmp_path / "secret.py").write_text("gpt-4o")
    repository = Repository(tmp_path / "desk")
    (repository.root / "link.py").symlink_to(tmp_path / "secret.py")
    (repository.root / "out").symlink_to(tmp_path)
    if (repository.root / ".git").exists():
        repository.commit()
    fresh = open_tree(repository.root).tree
    assert fresh.read("link.py") == Skipped("link.py", "symbolic link, not followed")
    assert not {"link.py", "out/secret.py"} & set(fresh.search(patterns("gpt-4o")))


def test_git_reads_the_working_tree_and_says_what_is_gone(repository):
    repository.commit({"app.py": b"gpt-4o", "gone.py": b"gpt-4o"})
    repository.write({"app.py": b"gpt-4o # mine"})
    (repository.root / "gone.py").unlink()
    tree = open_tree(repository.root).tree
    assert tree.read("app.py") == SourceFile("app.py", b"gpt-4o # mine")
    assert "deleted" in tree.read("gone.py").reason
    assert "not a tracked file" in tree.read("new.py").reason


def test_tracked_file_behind_a_folder_turned_link_is_not_read(repository, tmp_path):
    repository.commit({"lib/app.py": b"gpt-4o"})
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "app.py").write_text("gpt-4o")
    (repository.root / "lib" / "app.py").unlink()
    (repository.root / "lib").rmdir()
    (repository.root / "lib").symlink_to(tmp_path / "elsewhere")
    assert "leaves the tree" in open_tree(repository.root).tree.read("lib/app.py").reason


def test_submodules_are_not_entered(repository, tmp_path):
    inner = Repository.made(tmp_path / "inner")
    inner.commit({"deep.py": b"gpt-4o"})
    repository.git("-c", "protocol.file.allow=always", "submodule", "add", str(inner.root), "sub")
    tree = open_tree(repository.root).tree
    assert tree.paths() == (".gitmodules",)
    assert "submodule" in tree.read("sub").reason
    assert tree.search(patterns("gpt-4o")) == {}


def test_plain_folder_leaves_out_caches_and_environments(tmp_path):
    Repository(tmp_path).write(
        {f"{each}/a.py": b"" for each in ("node_modules", ".venv", "__pycache__", ".git", "src")}
    )
    Repository(tmp_path).write({"env311/pyvenv.cfg": b"", "env311/lib/b.py": b""})
    assert PlainFolder(tmp_path).paths() == ("src/a.py",)


def test_git_without_pcre_finds_the_same(repository, monkeypatch, tmp_path):
    repository.commit(FILES)
    stub = tmp_path / "bin" / "git"
    stub.parent.mkdir()
    stub.write_text(
        '#!/bin/sh\nfor a; do [ "$a" = -P ] && exit 128; done\nexec /usr/bin/git "$@"\n'
    )
    stub.chmod(0o755)
    monkeypatch.setenv("PATH", f"{stub.parent}:/usr/bin:/bin")
    tree = TrackedFiles(Git(repository.root))
    ones = {"app.py": (1,), "née.py": (1,), "old.py": (1,)}
    assert tree.search(patterns(r"gpt-4o(?![\w-])", r"(?<!\w)o1\b")) == ones
    assert tree.search(patterns(r"gpt-\d(?P<x>o)")) == {"app.py": (1,), "old.py": (1,)}
    assert tree.search_words(["MODEL", "model.name"]) == ("app.py",)


def test_name_that_is_not_utf8_is_listed_with_a_reason(repository):
    (repository.root / "x.py").write_bytes(b"gpt-4o")
    (repository.root / "x.py").rename(str(repository.root) + "/caf\udce9.py")
    repository.commit()
    tree = open_tree(repository.root).tree
    assert tuple(tree.search(patterns("gpt-4o"))) == (r"caf\xe9.py",)
    assert isinstance(tree.read(r"caf\xe9.py"), Skipped)
