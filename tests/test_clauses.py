"""Every clause of the guide is covered by something that exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from migrator.commands.clauses import covers
from migrator.domain.clause import CoverKind
from tests.running import migrate

ROOT = Path(__file__).parent.parent
MOST_UNDECIDABLE = 5
CLAUSES, FOUND = covers("gpt-5.5")
MARKS = {each.mark for each in CLAUSES}


def test_the_guide_has_this_many_clauses():
    assert len(CLAUSES) == len(MARKS) == 107


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda each: each.mark)
def test_clause_is_covered(clause):
    assert FOUND.get(clause.mark), clause.gist


def test_no_rule_stage_or_report_names_a_clause_that_is_not_there():
    assert set(FOUND) - MARKS == set()


def test_findings_and_verdicts_name_known_clauses():
    written = re.compile(r'clause="([^"]+)"|Reason\([^()]*, "([a-z-]+\.[0-9.]+)"\)')
    text = "".join(path.read_text() for path in ROOT.glob("migrator/**/*.py"))
    named = {first or second for first, second in written.findall(text)}
    assert named
    assert named - MARKS == set()


def test_guards_are_fixtures():
    guards = {name for each in CLAUSES for name in each.guards}
    assert {name for name in guards if not (ROOT / "fixtures" / name / "before").is_dir()} == set()


def test_few_clauses_are_left_to_people_and_each_says_why():
    why = [each.undecidable for each in CLAUSES if each.undecidable]
    assert len(why) <= MOST_UNDECIDABLE
    assert all(text.endswith(".") and text.count(". ") == 0 for text in why)


def test_undecidable_clauses_are_covered_by_nothing_else():
    for clause in CLAUSES:
        kinds = {each.kind for each in FOUND.get(clause.mark, ())}
        assert (CoverKind.UNDECIDABLE in kinds) <= (len(kinds) == 1), clause.mark


def test_command_prints_each_clause_once():
    shown = migrate("explain", "--clauses")
    assert shown.code == 0
    assert [line.split()[0] for line in shown.out.splitlines() if line[:1].strip()] == [
        each.mark for each in CLAUSES
    ]
