"""Every fixture case: the plan is the expected one, and its edits give exactly `after/`."""

from __future__ import annotations

import difflib
import shutil
from collections import Counter
from pathlib import Path

import jsonschema
import pytest
from libcst import parse_module

from tests.edited import edited
from tests.planning import (
    CASES,
    FIXTURES,
    planned,
    sampling_of,
    schema,
    tree,
    trimmed,
    unblocked,
    written,
)
from tests.twins import codes_of

UNBLOCKING = [each for each in CASES if sampling_of(each)]


class Case:
    """A fixture folder, copied out of this repository and planned once."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.root = folder / name
        shutil.copytree(FIXTURES / name / "before", self.root)
        self.document = planned(self.root, sampling_of(name))

    def edited(self) -> dict[str, bytes]:
        return edited(tree(FIXTURES / self.name / "before"), self.document)


@pytest.fixture(scope="module", params=CASES)
def case(request, tmp_path_factory) -> Case:
    return Case(request.param, tmp_path_factory.mktemp("case"))


def test_plan_is_the_expected_one(case):
    expected = (FIXTURES / case.name / "expected.json").read_text(encoding="utf-8")
    found = written(trimmed(case.document, codes_of(case.name)))
    lines = difflib.unified_diff(
        expected.splitlines(), found.splitlines(), "expected", "found", n=8, lineterm=""
    )
    difference = "\n".join(lines)
    assert not difference, difference


def test_edits_give_exactly_the_tree_after(case):
    after = FIXTURES / case.name / "after"
    assert case.edited() == tree(after if after.exists() else FIXTURES / case.name / "before")


def test_planning_leaves_the_tree_alone(case):
    assert tree(case.root) == tree(FIXTURES / case.name / "before")


def test_plan_of_the_edited_tree_proposes_nothing(case, tmp_path):
    for path, content in case.edited().items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    assert planned(tmp_path)["edits"] == []


def test_edited_python_still_parses(case):
    python = {path: text for path, text in case.edited().items() if path.endswith(".py")}
    assert all(parse_module(text).bytes == text for text in python.values())


@pytest.fixture(scope="session")
def validator():
    shipped = schema()
    kind = jsonschema.validators.validator_for(shipped)
    kind.check_schema(shipped)
    return kind(shipped)


def test_plan_follows_the_shipped_schema(case, validator):
    assert [error.message for error in validator.iter_errors(case.document)] == []


def test_planning_twice_gives_the_same_document(case):
    assert planned(case.root, sampling_of(case.name)) == case.document


def test_every_mention_is_accounted_for(case):
    counted = dict(case.document["accounting"])
    assert counted.pop("residual") == 0
    counted.pop("unread")
    found = Counter(each["bucket"] for each in case.document["mentions"])
    assert {name: count for name, count in counted.items() if count} == found


def test_every_blocker_carries_its_size_and_the_smallest_next_step(case):
    findings = [each for site in case.document["sites"] for each in site["findings"]]
    blockers = [each for each in findings if each["severity"] == "blocks"]
    assert [each for each in blockers if not (each["size"] and each["follow_up"])] == []


def test_totals_count_the_sites(case):
    found = Counter(each["outcome"] for each in case.document["sites"])
    totals = case.document["totals"]
    assert {name: each["sites"] for name, each in totals.items() if each["sites"]} == found


def test_a_folder_inside_a_repository_is_judged_as_the_product():
    before = FIXTURES / "support-desk" / "before"
    roles = Counter(each["role"] for each in planned(before)["sites"])
    assert roles == {"production": 16, "test": 1, "eval": 1, "fallback": 1}


class Unblocked:
    """A case in which edits outside the guide are asked for, with those made as well."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        before = FIXTURES / name / "before"
        shutil.copytree(before, folder / "before")
        self.strict = planned(folder / "before")
        self.asked = planned(folder / "before", sampling_of(name))
        self.files = edited(tree(before), unblocked(self.asked))
        self.root = folder / "unblocked"
        for path, content in self.files.items():
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_bytes(content)


@pytest.fixture(scope="module", params=UNBLOCKING)
def unblocking(request, tmp_path_factory) -> Unblocked:
    return Unblocked(request.param, tmp_path_factory.mktemp("case"))


def test_asking_for_edits_outside_the_guide_changes_no_verdict(unblocking):
    without = {**unblocking.asked, "unblocking": unblocking.strict["unblocking"]}
    assert without == unblocking.strict


def test_edits_outside_the_guide_give_exactly_the_tree_unblocked(unblocking):
    expected = FIXTURES / unblocking.name / "unblocked"
    before = FIXTURES / unblocking.name / "before"
    assert unblocking.files == tree(expected if expected.exists() else before)


def test_plan_of_the_unblocked_tree_finds_freed_sites_clean_and_proposes_nothing(unblocking):
    document = planned(unblocking.root)
    freed = {each["site"] for each in unblocking.asked["unblocking"]["sites"]}
    sites = [each for each in document["sites"] if each["id"] in freed]
    hard = [(s["path"], f) for s in sites for f in s["findings"] if f["severity"] == "blocks"]
    assert {each["id"] for each in sites} == freed
    assert (hard, document["edits"]) == ([], [])


def test_what_is_foreseen_is_what_comes(unblocking):
    if unblocking.asked["unblocking"]["sampling"] == "none":
        foreseen = set(unblocking.strict["unblocking"]["frees"])
        assert foreseen >= set(unblocking.asked["unblocking"]["frees"])
