"""Stand in for GitHub: a `gh` program that keeps pull requests in a file, and a bare remote."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.repositories import Repository

# It knows the words that are sent to the real one, and refuses all others.
PROGRAM = """\
#!{python}
import argparse, json, pathlib, sys

state = pathlib.Path(__file__).parent.parent / "pulls.json"
pulls = json.loads(state.read_text())
with state.with_name("calls").open("a") as calls:
    calls.write(" ".join(sys.argv[1:3]) + "\\n")
if state.with_name("down").exists():
    sys.exit("error connecting to api.github.com")


def read(*options):
    words = argparse.ArgumentParser()
    for each in options:
        words.add_argument(each, required=True)
    words.add_argument("--base", default="main")
    words.add_argument("--draft", action="store_true")
    words.add_argument("--silent", action="store_true")
    return words.parse_args(sys.argv[3:])


match sys.argv[1:3]:
    case ["pr", "list"]:
        asked = read("--head", "--state", "--limit", "--json")
        own = [e for e in pulls if (e["head"], e["state"]) == (asked.head, asked.state)]
        print(json.dumps([{{k: each[k] for k in asked.json.split(",")}} for each in own]))
    case ["pr", "create"]:
        asked = read("--head", "--title", "--body-file")
        number = len(pulls) + 1
        url = f"https://github.example/team/desk/pull/{{number}}"
        body = pathlib.Path(asked.body_file).read_text()
        pulls.append(
            {{
                "number": number, "url": url, "head": asked.head, "base": asked.base,
                "title": asked.title, "body": body, "draft": asked.draft, "state": "open",
                "isCrossRepository": False,
            }}
        )
        state.write_text(json.dumps(pulls))
        print(f"Creating draft pull request\\n{{url}}")
    case ["api", "--method"]:
        method, place, flag, field, silent = sys.argv[3:]
        assert (method, flag, silent) == ("PATCH", "--field", "--silent")
        number = place.removeprefix("repos/{{owner}}/{{repo}}/pulls/")
        body = pathlib.Path(field.removeprefix("body=@")).read_text()
        next(each for each in pulls if each["number"] == int(number))["body"] = body
        state.write_text(json.dumps(pulls))
    case words:
        sys.exit(f"unknown command {{words}}")
"""


@dataclass(frozen=True)
class GitHubStandIn:
    """Pull requests as they stand there, and the repository that branches are pushed to."""

    home: Path

    @staticmethod
    def made(home: Path, repository: Repository) -> GitHubStandIn:
        """Make it, with everything that a repository holds so far pushed there."""
        made = GitHubStandIn(home)
        made.programs.mkdir(parents=True)
        made.state.write_text("[]")
        program = made.programs / "gh"
        program.write_text(PROGRAM.format(python=sys.executable))
        program.chmod(0o755)
        made.remote.root.mkdir()
        made.remote.git("init", "--quiet", "--bare", "--initial-branch=main")
        # Relative, so that both can be copied together.
        repository.git(
            "remote", "add", "origin", os.path.relpath(made.remote.root, repository.root)
        )
        repository.git("push", "--quiet", "origin", "HEAD:refs/heads/main")
        return made

    @property
    def programs(self) -> Path:
        return self.home / "programs"

    @property
    def state(self) -> Path:
        return self.home / "pulls.json"

    @property
    def remote(self) -> Repository:
        return Repository(self.home / "origin.git")

    @property
    def calls(self) -> list[str]:
        place = self.home / "calls"
        return place.read_text().splitlines() if place.exists() else []

    @property
    def pulls(self) -> list[dict[str, Any]]:
        return json.loads(self.state.read_text())

    def change(self, number: int, **fields: object) -> None:
        pulls = self.pulls
        pulls[number - 1] |= fields
        self.state.write_text(json.dumps(pulls))

    def tip(self, branch: str) -> str:
        return self.remote.git("for-each-ref", "--format=%(objectname)", f"refs/heads/{branch}")
