"""Print what makes each clause of the guide hold: rules, stages, guard tests, reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from migrator import reports, rules, stages
from migrator.adapters.terminal import write_result
from migrator.domain.clause import Clause, Cover, CoverKind
from migrator.domain.rule import Rule
from migrator.playbook import load_clauses
from migrator.plugins import declared, plugins

# The stage that proposes how to validate a site speaks for itself.
_PROPOSING = "migrator.stages.propose"
_MARK_WIDTH = 18


def covers(target: str) -> tuple[tuple[Clause, ...], Mapping[str, tuple[Cover, ...]]]:
    """Give the clauses of the target's guide, and by mark what makes each hold.

    The second may hold marks that the guide does not have. Raises PlaybookError for a playbook
    without clauses.
    """
    clauses, cited = load_clauses(target)
    found: defaultdict[str, set[Cover]] = defaultdict(set)
    for mark, cover in (*_of_code(), *_of_guide(clauses)):
        found[mark].add(cover)
    for mark, files in cited.items():
        found[mark].update(Cover(CoverKind.RULE, f"playbook: {name}") for name in files)
    return clauses, {mark: tuple(sorted(each)) for mark, each in found.items()}


def print_clauses(target: str) -> int:
    """Write the table to stdout, one paragraph per clause, and give the exit code."""
    clauses, found = covers(target)
    lines = [line for clause in clauses for line in _lines(clause, found.get(clause.mark, ()))]
    write_result("\n".join(lines) + "\n", exact=True)
    return 0


def _of_code() -> Iterator[tuple[str, Cover]]:
    for rule in plugins(rules, "RULE", Rule):
        for mark in (rule.clause, *rule.also):
            yield mark, Cover(CoverKind.RULE, f"{rule.code} {rule.slug}".lstrip())
    for package, kind in ((stages, CoverKind.STAGE), (reports, CoverKind.REPORT)):
        for module, marks in declared(package, "CLAUSES").items():
            which = CoverKind.VALIDATION if module == _PROPOSING else kind
            for mark in marks:
                yield mark, Cover(which, module.removeprefix("migrator."))


def _of_guide(clauses: tuple[Clause, ...]) -> Iterator[tuple[str, Cover]]:
    for clause in clauses:
        for fixture in clause.guards:
            yield clause.mark, Cover(CoverKind.GUARD, fixture)
        if clause.undecidable:
            yield clause.mark, Cover(CoverKind.UNDECIDABLE, clause.undecidable)


def _lines(clause: Clause, found: tuple[Cover, ...]) -> Iterator[str]:
    yield f"{clause.mark:{_MARK_WIDTH}}{clause.gist}"
    for kind in CoverKind:
        names = [each.name for each in found if each.kind is kind]
        if names:
            yield f"{'':{_MARK_WIDTH}}{kind}: {', '.join(names)}"
