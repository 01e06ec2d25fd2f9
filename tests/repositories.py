"""Build real git repositories for tests."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Repository:
    root: Path

    @staticmethod
    def made(root: Path) -> Repository:
        root.mkdir(parents=True)
        made = Repository(root)
        made.git("init", "--quiet")
        return made

    def git(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", "-C", str(self.root), *arguments], capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    def write(self, files: dict[str, bytes]) -> None:
        for path, content in files.items():
            place = self.root / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)

    def commit(self, files: dict[str, bytes] | None = None) -> str:
        self.write(files or {})
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--no-verify", "-m", "Work")
        return self.git("rev-parse", "HEAD").strip()

    def hook(self, name: str, script: str) -> None:
        place = self.root / ".git" / "hooks" / name
        place.parent.mkdir(exist_ok=True)
        place.write_text("#!/bin/sh\n" + script)
        place.chmod(0o755)

    def blob(self, spec: str) -> bytes:
        return subprocess.run(
            ["git", "-C", str(self.root), "cat-file", "blob", spec], capture_output=True, check=True
        ).stdout

    def state(self) -> tuple[str, ...]:
        """Everything of the user's that apply must leave as it is."""
        index = self.root / ".git" / "index"
        return (
            str(index.read_bytes() if index.exists() else b""),
            self.git("status", "--porcelain=v2", "--branch", "--untracked-files=all"),
            self.git("stash", "list"),
            (self.root / ".git" / "HEAD").read_text(),
            self.git("for-each-ref"),
            self.git("worktree", "list"),
            str(sorted(str(each) for each in (self.root / ".git").glob("migrate/*.lock"))),
        )
