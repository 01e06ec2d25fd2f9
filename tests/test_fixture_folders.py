"""Each fixture folder is complete, and what it expects agrees with itself."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

FIXTURES = Path(__file__).parent.parent / "fixtures"
CASES = sorted(place.name for place in FIXTURES.iterdir() if place.is_dir())
KEYS = {"sites", "edits", "mentions", "overrides", "sync_sets", "skipped", "notices", "unblock"}
KEYS |= {"accounting"}
PROMPT_EDIT = re.compile(r"(.+):\d+ prompt \+ .+")
SITE_KEYS = (
    {"at", "call", "surface", "role", "model", "reference", "outcome", "if_confirmed", "asks"}
    | {"held_by", "moves_with", "findings", "accepted", "prompts", "prompt_edit", "blocks"}
)  # fmt: skip


def expected(case: str) -> dict:
    return json.loads((FIXTURES / case / "expected.json").read_text(encoding="utf-8"))


def lines(root: Path) -> dict[str, list[bytes]]:
    files = (place for place in root.rglob("*") if place.is_file())
    return {place.relative_to(root).as_posix(): place.read_bytes().split(b"\n") for place in files}


def with_edits(case: str) -> dict[str, list[bytes]]:
    files = lines(FIXTURES / case / "before")
    for edit in expected(case)["edits"]:
        if PROMPT_EDIT.fullmatch(edit):
            continue
        path, line, before, after = re.fullmatch(r"(.+):(\d+) (\S+) -> (\S+)", edit).groups()
        text = files[path][int(line) - 1]
        whole = rb"(?<![\w.-])%s(?![\w./-])" % re.escape(before.encode())
        files[path][int(line) - 1], count = re.subn(whole, after.encode(), text)
        assert count == 1, edit
    return files


@pytest.mark.parametrize("case", CASES)
def test_case_has_a_project_and_expectations(case):
    names = {place.name for place in (FIXTURES / case).iterdir()}
    assert {"before", "expected.json"} <= names
    assert names <= {"before", "after", "unblocked", "expected.json", "twins.toml"}


@pytest.mark.parametrize("case", CASES)
def test_expectations_have_the_documented_shape(case):
    stated = expected(case)
    assert {"sites", "edits", "mentions", "accounting"} <= set(stated) <= KEYS
    assert all(set(site) <= SITE_KEYS for site in stated["sites"])
    text = (FIXTURES / case / "expected.json").read_text(encoding="utf-8")
    assert text == json.dumps(stated, indent=2, ensure_ascii=False) + "\n"


@pytest.mark.parametrize("case", CASES)
def test_tree_after_differs_by_the_expected_edits_alone(case):
    after = FIXTURES / case / "after"
    assert after.exists() == bool(expected(case)["edits"])
    if after.exists():
        found, wanted = lines(after), with_edits(case)
        for path in worded(case):
            assert nothing_lost(b"\n".join(wanted.pop(path)), b"\n".join(found.pop(path)))
        assert found == wanted


def worded(case: str) -> set[str]:
    """Give the files in which a prompt gets words; other tests hold them byte for byte."""
    found = (PROMPT_EDIT.fullmatch(edit) for edit in expected(case)["edits"])
    return {each[1] for each in found if each}


def nothing_lost(before: bytes, after: bytes) -> bool:
    """Whether all bytes are still there, in their order."""
    rest = iter(after)
    return len(after) > len(before) and all(byte in rest for byte in before)


@pytest.mark.parametrize("case", CASES)
def test_tree_unblocked_is_there_where_edits_outside_the_guide_are_expected(case):
    stated = expected(case).get("unblock", {"edits": []})
    assert (FIXTURES / case / "unblocked").exists() == bool(stated["edits"])
    assert set(stated) <= {"sampling", "frees", "edits", "left"}


@pytest.mark.parametrize("case", CASES)
def test_case_shows_a_site_that_moves_beside_one_that_must_not(case):
    stated = expected(case)
    stays = [site for site in stated["sites"] if site["outcome"] != "light_rewrite"]
    telling = [site for site in stated["sites"] if "findings" in site or "held_by" in site]
    assert stated["edits"]
    assert stays or telling or stated["mentions"] or len(stated["sites"]) > 1


def test_demo_shows_every_outcome():
    outcomes = {site["outcome"] for site in expected("support-desk")["sites"]}
    assert outcomes == {
        "string_only",
        "light_rewrite",
        "blocked",
        "unknown",
        "confirmation_needed",
        "no_change",
    }


def test_demo_has_a_held_definition_a_gate_and_a_price_table():
    stated = expected("support-desk")
    assert any("held_by" in site for site in stated["sites"])
    assert any("R31 warns" in site.get("findings", ()) for site in stated["sites"])
    assert sum("pricing.py" in each for each in stated["mentions"]) == 5
