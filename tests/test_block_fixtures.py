"""Each block, each point and each form of prompt has a fixture, and a twin without words."""

from __future__ import annotations

import ast
import json
from collections import defaultdict
from pathlib import Path

import pytest

from migrator import frontends
from migrator.domain.frontend import FrontEnd
from migrator.playbook import load_playbook
from migrator.plugins import plugins

FIXTURES = Path(__file__).parent.parent / "fixtures"
GROWN, SAME = "prompt-forms", "prompt-forms-not-grown"
PLAYBOOK = load_playbook("gpt-5.5")
BLOCKS = {each.id: each for each in PLAYBOOK.blocks}
CODES = {fact.id: fact.rule for fact in PLAYBOOK.risks}
FILES = {
    each.language: each.suffixes
    for each in plugins(frontends, "FRONT_END", FrontEnd)
    if not each.program
}
FORMS = {
    *("markdown", "elements", "bold_titles", "labels", "block_scalar", "json_string"),
    *("toml_string", "template", "prompty", "format_braces", "dedented", "f_string"),
    *("single_quotes", "raw"),
}


def expected(case: str) -> dict:
    return json.loads((FIXTURES / case / "expected.json").read_text(encoding="utf-8"))


CASES = {place.name: expected(place.name) for place in FIXTURES.iterdir() if place.is_dir()}
SITES = {(case, site["at"]): site for case, stated in CASES.items() for site in stated["sites"]}


def fates() -> dict[str, dict[str, set[str]]]:
    """Map each block to its fates, and each fate to the points that it is shown with."""
    found: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for site in SITES.values():
        for entry in site.get("blocks", ()):
            block, fate, *points = entry.split()
            found[block][fate].update(points)
    return found


def prompts_of(fate: str) -> set[str]:
    """Give the files of prompts at which some block has a fate."""
    return {
        prompt.rpartition(":")[0]
        for site in SITES.values()
        if any(entry.split()[1] == fate for entry in site.get("blocks", ()))
        for prompt in site.get("prompts", ())
    }


def functions(case: str, fate: str) -> set[str]:
    """Give the functions of a case whose call has a block with this fate."""
    lines = {
        int(at.rpartition(":")[2])
        for (name, at), site in SITES.items()
        if name == case and any(entry.split()[1] == fate for entry in site.get("blocks", ()))
    }
    code = ast.parse((FIXTURES / case / "before" / "desk" / "calls.py").read_text("utf-8"))
    return {
        each.name
        for each in code.body
        if isinstance(each, ast.FunctionDef)
        and any(each.lineno <= line <= each.end_lineno for line in lines)
    }


@pytest.mark.parametrize("block", sorted(BLOCKS))
def test_each_point_of_a_block_is_added_somewhere(block):
    assert fates()[block]["added"] == {point.id for point in BLOCKS[block].points}


@pytest.mark.parametrize("block", sorted(BLOCKS))
def test_each_block_is_left_out_where_the_prompt_says_it_already(block):
    assert "covered" in fates()[block]


@pytest.mark.parametrize("block", sorted(b.id for b in BLOCKS.values() if b.unless))
def test_each_block_is_left_out_where_the_prompt_says_otherwise(block):
    assert "contradicted" in fates()[block]


@pytest.mark.parametrize("block", sorted(b.id for b in BLOCKS.values() if b.only_if or b.needs))
def test_each_block_is_left_out_where_it_would_make_no_sense(block):
    assert "unfit" in fates()[block]


@pytest.mark.parametrize("block", sorted(BLOCKS))
def test_each_block_has_a_neighbour_that_shows_no_such_risk(block):
    codes = {CODES[risk] for risk in BLOCKS[block].risks}
    showing = {
        case
        for (case, _), site in SITES.items()
        if any(entry.startswith(f"{block} added") for entry in site.get("blocks", ()))
    }
    calm = [
        at
        for (case, at), site in SITES.items()
        if case in showing and not codes & {each.split()[0] for each in site.get("findings", ())}
    ]
    assert calm


@pytest.mark.parametrize("language", sorted(FILES))
def test_prompts_in_each_kind_of_file_grow_and_are_left_as_they_are(language):
    assert {fate for fate in ("added", "covered") if _has(prompts_of(fate), language)} == {
        "added",
        "covered",
    }


def _has(paths: set[str], language: str) -> bool:
    return any(path.endswith(FILES[language]) for path in paths)


def test_each_form_of_prompt_grows_and_has_a_twin_that_needs_nothing():
    assert functions(GROWN, "added") >= FORMS
    assert functions(SAME, "covered") == FORMS


def test_no_prompt_of_the_twins_gets_words():
    assert functions(SAME, "added") == set()
