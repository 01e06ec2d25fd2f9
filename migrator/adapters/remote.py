"""Push one branch to the repository's remote, and nothing else."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from migrator.adapters.git_command import Git, shared_git_folder
from migrator.domain.errors import RefusedError


@dataclass(frozen=True, slots=True)
class Remote:
    """The remote that the user's branches are pushed to; `upstream` is the branch at hand there."""

    git: Git
    name: str
    upstream: str

    @staticmethod
    def of(git: Git) -> Remote:
        """Give the remote that git itself would push to. Raises RefusedError where there is none.

        `upstream` is empty without a branch at hand, or where it follows none of that remote.
        """
        names = git.run("remote").text.split()
        branch = git.ask("symbolic-ref", "--quiet", "--short", "HEAD").text
        keys = (f"branch.{branch}.pushRemote", "remote.pushDefault", f"branch.{branch}.remote")
        named = [git.ask("config", "--get", key).text for key in keys]
        chosen = next((each for each in (*named, "origin", *names[:1]) if each in names), None)
        if chosen is None:
            raise RefusedError(
                "--pr needs a remote to push to, and the repository has none",
                "Add it: git remote add origin URL",
            )
        followed = git.ask("rev-parse", "--symbolic-full-name", "@{upstream}").text
        upstream = followed.removeprefix(f"refs/remotes/{chosen}/")
        return Remote(git, chosen, "" if upstream == followed else upstream)

    def has(self, commit: str) -> bool:
        """Tell whether a branch of the remote, as last fetched, holds a commit."""
        only_here = self.git.ask("rev-list", "--count", commit, "--not", f"--remotes={self.name}")
        return only_here.code == 0 and only_here.text == "0"

    def tip(self, branch: str) -> str:
        """Ask for the commit of a branch there, empty without one. Raises RefusedError."""
        answer = self.git.ask("ls-remote", "--quiet", self.name, f"refs/heads/{branch}")
        if answer.code != 0:
            raise RefusedError(
                f"git cannot ask {self.name}: {answer.err}", "Mend what git names, then try again."
            )
        return answer.text.partition("\t")[0]

    def push(self, branch: str, commit: str, instead_of: str) -> None:
        """Let the branch there name a commit, where it names `instead_of` now; empty for none.

        Raises RefusedError, with what git and the hooks said.
        """
        name = f"refs/heads/{branch}"
        lease = f"--force-with-lease={name}:{instead_of}"
        answer = self.git.run_hooked("push", "--porcelain", lease, self.name, f"{commit}:{name}")
        if answer.code < 0:
            self._unlock(branch)
        if answer.code != 0:
            raise RefusedError(
                f"the branch {branch} is made, and git could not push it to {self.name}:\n"
                f"{answer.err}",
                "Mend what it names, then run the same command again: it goes on from the branch.",
            )

    def _unlock(self, branch: str) -> None:
        """Remove the lock that a git of ours left on its note of the branch when it was killed."""
        notes = shared_git_folder(self.git) / "refs" / "remotes" / self.name
        with suppress(OSError):
            (notes / f"{branch}.lock").unlink(missing_ok=True)
