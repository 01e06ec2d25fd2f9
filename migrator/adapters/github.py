"""Ask GitHub about pull requests through its own program, `gh`."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from migrator.adapters.git_command import clean_environment
from migrator.domain.errors import RefusedError
from migrator.domain.pull_request import PullRequest, read_marker

_QUIET = {"GH_PROMPT_DISABLED": "1", "GH_NO_UPDATE_NOTIFIER": "1", "NO_COLOR": "1", "GH_PAGER": ""}
_FIELDS = "number,url,body,isCrossRepository"


@dataclass(frozen=True, slots=True)
class GitHub:
    """The repository on GitHub that a folder belongs to, as `gh` sees it."""

    folder: Path

    @staticmethod
    def at(folder: Path) -> GitHub:
        """Give GitHub as seen from a folder. Raises RefusedError where there is no `gh`."""
        if shutil.which("gh") is None:
            raise RefusedError(
                "--pr needs `gh`, and it is not on the PATH",
                "Install it (https://cli.github.com), or leave --pr out: apply then says how to "
                "open the pull request.",
            )
        return GitHub(folder)

    def open_from(self, branch: str) -> tuple[PullRequest, ...]:
        """List the open pull requests from a branch of this name. Raises RefusedError."""
        words = ("--head", branch, "--state", "open", "--limit", "100", "--json", _FIELDS)
        said = self._run("pr", "list", *words)
        try:
            return tuple(_read(each) for each in json.loads(said))
        except (ValueError, LookupError, TypeError):
            raise RefusedError(f"gh pr list gave what cannot be read: {said[:200]}") from None

    def open_draft(self, branch: str, base: str, title: str, description: Path) -> str:
        """Open a draft and give its address; without a base it asks for the default branch.

        Raises RefusedError.
        """
        words = ["--draft", "--head", branch, "--title", title, "--body-file", str(description)]
        words += ["--base", base] if base else []
        said = self._run("pr", "create", *words).split()
        return said[-1] if said else ""

    def describe(self, number: int, description: Path) -> None:
        """Put another description in place. Raises RefusedError.

        `gh pr edit` fails with many versions, because it asks for boards that are gone
        (https://github.com/cli/cli/issues/11983); this asks for nothing else.
        """
        place = f"repos/{{owner}}/{{repo}}/pulls/{number}"
        self._run("api", "--method", "PATCH", place, "--field", f"body=@{description}", "--silent")

    def _run(self, *words: str) -> str:
        done = subprocess.run(
            ["gh", *words],
            cwd=self.folder,
            env=clean_environment() | _QUIET,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        if done.returncode != 0:
            said = done.stderr.decode(errors="replace").strip()
            raise RefusedError(
                f"gh {' '.join(words[:2])} failed: {said or f'exit code {done.returncode}'}",
                "See `gh auth status` and `gh repo view`, mend what they name, then run the same "
                "command again.",
            )
        return done.stdout.decode(errors="replace")


def _read(each: Any) -> PullRequest:  # noqa: ANN401 - a piece of JSON
    marked, describes = read_marker(each["body"] or "")
    return PullRequest(
        number=int(each["number"]),
        url=str(each["url"]),
        elsewhere=bool(each["isCrossRepository"]),
        marked=marked,
        describes=describes,
    )
