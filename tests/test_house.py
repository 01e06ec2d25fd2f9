"""The house rules that no linter knows."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import migrator.rules
from migrator.domain.rule import Rule
from migrator.plugins import plugins

ROOT = Path(__file__).parent.parent
FOLDERS = ("migrator", "tests", "benchmarks")
CODE = sorted(path for folder in FOLDERS for path in ROOT.glob(f"{folder}/**/*.py"))
PRODUCT = [path for path in CODE if path.is_relative_to(ROOT / "migrator")]
VAGUE = frozenset(
    {"common", "data", "handler", "helper", "helpers", "info", "manager", "misc"}
    | {"processor", "service", "util", "utils"}
)


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_bytes(), named(path))


def definitions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node


def words(name: str) -> set[str]:
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return {word.lower() for word in spaced.split("_")}


def test_files_are_at_most_300_lines():
    long = {named(path): n for path in CODE if (n := path.read_bytes().count(b"\n")) > 300}
    assert long == {}


def test_functions_are_at_most_50_lines():
    long = [
        f"{named(path)}:{node.lineno} {node.name}"
        for path in CODE
        for node in definitions(path)
        if not isinstance(node, ast.ClassDef)
        and (node.end_lineno or node.lineno) - node.lineno >= 50
    ]
    assert long == []


def test_modules_are_named_for_what_they_hold():
    assert [named(path) for path in CODE if words(path.stem) & VAGUE] == []


def test_functions_and_classes_are_named_for_what_they_do():
    vague = [
        f"{named(path)}:{node.lineno} {node.name}"
        for path in PRODUCT
        for node in definitions(path)
        if words(node.name) & VAGUE
    ]
    assert vague == []


@pytest.mark.parametrize("path", PRODUCT, ids=named)
def test_module_opens_with_one_line_that_says_what_it_does(path):
    first = (ast.get_docstring(parsed(path)) or "").partition("\n")[0]
    assert re.fullmatch(r"[A-Z].*[.!?:]", first)


def test_types_are_imported_in_the_open():
    assert [named(path) for path in PRODUCT if b"TYPE_CHECKING" in path.read_bytes()] == []


def test_tests_use_fakes_and_no_patches():
    patched = re.compile(rb"(?m)^\s*(?:from|import) (?:unittest|mock)\b")
    tests = (path for path in CODE if path.is_relative_to(ROOT / "tests"))
    assert [named(path) for path in tests if patched.search(path.read_bytes())] == []


def test_every_test_file_of_a_module_mirrors_its_place():
    homes = {path.name for path in (ROOT / "migrator").iterdir()}
    folders = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir()}
    assert folders - {"__pycache__", "benchmarks"} <= homes


def codes_of_playbooks() -> set[str]:
    files = [*ROOT.glob("playbooks/*/parameters.toml"), *ROOT.glob("playbooks/*/risks.toml")]
    texts = (path.read_text(encoding="utf-8") for path in files)
    return {code for text in texts for code in re.findall(r'(?m)^rule = "(R\d+)"', text)}


def test_a_code_belongs_to_one_rule():
    codes = [code for rule in plugins(migrator.rules, "RULE", Rule) for code in rule.codes]
    assert len(codes) == len(set(codes))
    assert codes_of_playbooks() & set(codes) == set()
