"""Run validation commands on states of the project, and keep what they wrote."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from migrator.adapters.trial import Trial
from migrator.adapters.witness import Stand
from migrator.commands._carrying import Edits, Load
from migrator.domain.errors import RefusedError
from migrator.domain.validation import Command, Line, Ran, Watch
from migrator.stages.carry_out import Unproved, carry_out
from migrator.stages.weigh import import_roots


class Carrying(Protocol):
    """What is known of the edits under validation."""

    @property
    def load(self) -> Load: ...
    @property
    def edits(self) -> Edits: ...


@dataclass(slots=True, kw_only=True)
class Runs:
    """The runs of one validation; every run starts from the same files beside the tracked ones.

    `names` are the dotted names of each edited file, `own` the files that setup made.
    """

    trial: Trial
    stand: Stand
    names: Mapping[str, tuple[str, ...]]
    own: frozenset[str]
    progress: Callable[[str], None]
    base: str = ""
    outputs: dict[str, str] = field(default_factory=dict)
    _kept: dict[Command, list[str]] = field(default_factory=dict)
    _roots: dict[Command, tuple[str, ...]] = field(default_factory=dict)
    _last: dict[Command, Ran] = field(default_factory=dict)

    def on_base(self, command: Command, base: str) -> Ran:
        """Run on the commit that the branch starts from.

        When modules are taken from an installed copy or another checkout, it runs again with
        their folders of this checkout first on the path; if that helps, it stays so.
        """
        self.base = base
        self.progress(f"validating {base[:12]}: {command.line}")
        self.trial.turn_to(base, {}, self.own)
        ran = self.keep(command, "base", self._run(command, ()))
        roots = import_roots(ran.evidence.outside, Watch(names=self.names))
        if not ran.green or not roots:
            return ran
        self.progress(f"validating {base[:12]} with its own modules first: {command.line}")
        self.trial.turn_to(base, {}, self.own)
        second = self._run(command, (), roots)
        if not second.green or second.evidence.outside:
            return ran
        self._roots[command] = roots
        return self.keep(command, "base, own modules first", second)

    def on_commit(self, command: Command, commit: str, lines: Collection[Line]) -> Ran:
        """Run on a commit, and watch lines of its files."""
        self.progress(f"validating {commit[:12]}: {command.line}")
        self.trial.turn_to(commit, {}, self.own)
        self._last[command] = self._run(command, lines, self._roots.get(command, ()))
        return self.keep(command, "branch", self._last[command])

    def again(self, command: Command, commit: str) -> Ran:
        """Run once more on a commit where it failed."""
        self.progress(f"validating {commit[:12]} once more: {command.line}")
        self.trial.turn_to(commit, {}, self.own)
        return self.keep(
            command, "branch, again", self._run(command, (), self._roots.get(command, ()))
        )

    def with_edits(self, command: Command, job: Carrying, groups: tuple[str, ...]) -> Ran:
        """Run on the base with the edits of some groups."""
        self.progress(f"looking for what breaks it, {len(groups)} groups: {command.line}")
        edits = tuple(edit for group in groups for edit in job.edits[group])
        written = carry_out(edits, job.load.base, (), ())
        if isinstance(written, Unproved):
            # They were carried out before; not to be able to now is no answer to what breaks.
            raise RefusedError(f"edits could not be repeated: {written.reason}", "Apply again.")
        files = {path: each.after for path, each in written.items()}
        self.trial.turn_to(self.base, files, self.own)
        return self._run(command, (), self._roots.get(command, ()))

    def last(self, command: Command) -> Ran:
        """Give the last run on a commit."""
        return self._last[command]

    def keep(self, command: Command, what: str, ran: Ran) -> Ran:
        """Keep what a run wrote, in place of an earlier run of the same kind; give the run."""
        names = self._kept.setdefault(command, [])
        number = list(self._kept).index(command) + 1
        name = f"{number}-{what.replace(', ', '-').replace(' ', '-')}.txt"
        self.outputs[name] = f"$ {command.line}\n{ran.output}"
        if name not in names:
            names.append(name)
        return ran

    def names_of(self, command: Command) -> tuple[str, ...]:
        """Give the names under which outputs of a command are kept."""
        return tuple(self._kept.get(command, ()))

    def remark(self, command: Command) -> str:
        """Say with what help its modules were taken from the checkout."""
        roots = self._roots.get(command)
        if not roots:
            return ""
        named = ":".join(root or "." for root in roots)
        return f"run with PYTHONPATH={named}, since another copy stood before it"

    def _run(self, command: Command, lines: Collection[Line], roots: tuple[str, ...] = ()) -> Ran:
        watch = Watch(names=self.names, lines=frozenset(lines))
        return self.trial.run(command, self.stand, watch, roots)
