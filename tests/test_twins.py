"""Every code that a finding may bear fires in a fixture, and one changed text silences it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from migrator import rules
from migrator.domain.finding import Severity
from migrator.domain.rule import Rule
from migrator.explanations.rule import finding_codes
from migrator.playbook import load_playbook
from migrator.plugins import plugins
from tests.planning import CASES, FIXTURES, planned, tree
from tests.twins import twins_of

PLAYBOOK = load_playbook("gpt-5.5")
CODES = finding_codes(plugins(rules, "RULE", Rule), PLAYBOOK)
FACTS = (*PLAYBOOK.parameters, *PLAYBOOK.risks)
TWINS = [twin for case in CASES for twin in twins_of(case)]


def planned_sites(files: Mapping[str, bytes], root: Path) -> list[dict]:
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    return planned(root)["sites"]


@cache
def sites_of(case: str) -> list[dict]:
    with TemporaryDirectory() as folder:
        return planned_sites(tree(FIXTURES / case / "before"), Path(folder) / case)


def at(place: str, sites: list[dict]) -> list[dict]:
    return [each for each in sites if f"{each['path']}:{each['line']}" == place]


def borne(code: str, sites: list[dict]) -> dict[str, set[str]]:
    """Give the severities of the findings that bear a code, with what they say."""
    told: dict[str, set[str]] = {}
    for finding in (each for site in sites for each in site["findings"]):
        if finding["rule"] == code and not finding["accepted"]:
            told.setdefault(finding["severity"], set()).add(finding["message"])
    return told


@pytest.mark.parametrize("twin", TWINS, ids=str)
def test_site_fires_and_its_twin_is_silent_with_the_outcome_that_is_stated(twin, tmp_path):
    fires = borne(twin.code, at(twin.at, sites_of(twin.case)))
    changed = twin.changed(tree(FIXTURES / twin.case / "before"))
    silent = at(twin.place(), planned_sites(changed, tmp_path / twin.case))
    assert fires, "the site does not bear the code"
    assert {each["outcome"] for each in silent} == {twin.then}
    assert set(borne(twin.code, silent)) & (set(fires) - {Severity.NOTES}) == set()
    assert set(fires) != {Severity.NOTES} or borne(twin.code, silent) == {}


@pytest.mark.parametrize("code", CODES)
def test_code_is_in_what_a_fixture_expects_and_has_a_silent_twin_there(code):
    cases = {twin.case for twin in TWINS if twin.code == code}
    assert cases, f"no twins.toml names {code}"
    for case in cases:
        stated = json.loads((FIXTURES / case / "expected.json").read_text(encoding="utf-8"))
        found = [each for site in stated["sites"] for each in site.get("findings", ())]
        assert code in {each.split()[0] for each in found}, case


def test_twins_are_of_codes_that_there_are():
    assert {twin.code for twin in TWINS} <= set(CODES)


@pytest.mark.parametrize("fact", FACTS, ids=lambda each: f"{each.rule}-{each.slug}")
def test_fact_of_the_playbook_fires_in_a_fixture_and_has_a_silent_twin(fact):
    twins = [twin for twin in TWINS if twin.code == fact.rule]
    told = [borne(fact.rule, at(twin.at, sites_of(twin.case))) for twin in twins]
    said = [message for each in told for messages in each.values() for message in messages]
    assert [each for each in said if fact.message in each]
