"""Score plans against labels: `python -m benchmarks.accuracy benchmarks/support-desk.jsonl`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from benchmarks._labels import Label, LabelError, read_labels
from benchmarks._score import Judged, judge
from migrator.commands.options import PlanOptions
from migrator.commands.plan import make_plan
from migrator.domain.errors import MigrateError
from migrator.domain.site import Outcome

_USAGE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    def __str__(self) -> str:
        """Write it as `9/10  90.0 %`."""
        percent = f"{100 * self.part / self.whole:.1f} %" if self.whole else "-"
        return f"{self.part}/{self.whole}  {percent}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """All labels, judged; `unspoken` sites have no label and count nowhere."""

    judged: tuple[Judged, ...]
    unspoken: int

    @property
    def recall(self) -> Share:
        """Of the labels that expect a site, those where the plan has one."""
        expected = [each for each in self.judged if each.label.expected]
        return Share(part=sum(bool(each.sites) for each in expected), whole=len(expected))

    @property
    def precision(self) -> Share:
        """Of the labels where the plan has a site, those that expect one."""
        found = [each for each in self.judged if each.sites]
        return Share(part=sum(bool(each.label.expected) for each in found), whole=len(found))

    @property
    def pairing(self) -> Share:
        """Of the sites found whose label speaks of the prompt, those paired with that prompt."""
        judged = [each for each in self.judged if each.label.pairs and each.sites]
        return Share(part=sum(each.paired for each in judged), whole=len(judged))

    @property
    def edits(self) -> Share:
        """Of the labelled lines that may be edited, those that are."""
        may = [each for each in self.judged if each.label.may_edit]
        return Share(part=sum(each.edited for each in may), whole=len(may))

    @property
    def false_edits(self) -> int:
        """How many edits touch a line that must stay."""
        return sum(each.false_edit for each in self.judged)

    def outcome(self, outcome: str) -> Share:
        """Of the labels whose best outcome this is, those that are right, missed ones included."""
        own = [each for each in self.judged if each.label.expected[:1] == (outcome,)]
        return Share(part=sum(each.right for each in own), whole=len(own))


def score(labels: Iterable[Label]) -> Score:
    """Plan each repository once and judge its labels. Raises MigrateError as `make_plan` does."""
    judged: list[Judged] = []
    unspoken = 0
    ordered = sorted(labels, key=attrgetter("repository", "path", "line"))
    for repository, own in groupby(ordered, key=attrgetter("repository")):
        found, without = judge(make_plan(repository, PlanOptions()).plan, own)
        judged += found
        unspoken += without
    return Score(judged=tuple(judged), unspoken=unspoken)


def rendered(found: Score) -> str:
    """Write the score as a table, with the lines where plan and label differ below it."""
    rows = [
        ("recall", found.recall),
        ("precision", found.precision),
        ("pairing", found.pairing),
        *((f"outcome {each}", found.outcome(each)) for each in Outcome),
        ("edits made of those allowed", found.edits),
        ("false edits (must be 0)", found.false_edits),
        ("sites without a label", found.unspoken),
    ]
    differing = [
        f"{each.label.repository.name}: {each.label.path}:{each.label.line}: {words}"
        for each in found.judged
        for words in each.disagreements()
    ]
    heading = f"{len(differing)} disagreements" if differing else "plan and labels agree"
    return "\n".join([*(f"{title:<30}{share}" for title, share in rows), "", heading, *differing])


def main(arguments: Sequence[str]) -> int:
    """Score a corpus and print it; exit code 2 when the corpus cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__)
    parser.add_argument("corpus", type=Path, help="labels as JSON lines")
    parser.add_argument("--root", type=Path, help="where repositories are, or the only one")
    wanted = parser.parse_args(arguments)
    try:
        print(rendered(score(read_labels(wanted.corpus, wanted.root))))
    except LabelError as error:
        print(f"error: {error}", file=sys.stderr)
        return _USAGE
    except MigrateError as error:
        print(f"error: {error.message}", file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
