"""Find the commands that run a repository's tests and evals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from migrator.domain.ports import Tree
from migrator.domain.source import SourceFile

_LOCKS = (("uv.lock", "uv run "), ("poetry.lock", "poetry run "), ("pdm.lock", "pdm run "))
_RECIPES = ("Makefile", "makefile", "justfile", "Justfile", "GNUmakefile")
_PYTEST = (
    ("pytest.ini", rb""),
    ("conftest.py", rb""),
    ("pyproject.toml", rb"\[tool\.pytest|\bpytest\b"),
    ("setup.cfg", rb"\[tool:pytest\]|\bpytest\b"),
    ("tox.ini", rb"\bpytest\b"),
    ("tests/conftest.py", rb""),
    ("requirements-dev.txt", rb"\bpytest\b"),
)
_EVAL_RECIPE = re.compile(rb"(?m)^(evals?|evaluate|evaluation|run[-_]evals?)[ \t]*:(?!=)")
_EVAL_SCRIPT = re.compile(rb'"((?:[\w:-]*[:-])?evals?(?:[:-][\w:-]+)?)"[ \t]*:[ \t]*"')
_PROMPTFOO = ("promptfooconfig.yaml", "promptfooconfig.yml", "promptfooconfig.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Commands:
    """How tests are run, a path follows; how evals are run, and where that is written."""

    test: str = "python -m unittest"
    evaluate: str = ""
    evaluate_at: str = ""


def find_commands(tree: Tree) -> Commands:
    """Read the configuration at the root: pytest, tox, make, just, npm, promptfoo."""
    paths = frozenset(tree.paths())
    before = next((run for name, run in _LOCKS if name in paths), "")
    read = ((_bytes(tree, name), sign) for name, sign in _PYTEST)
    pytest = any(content is not None and re.search(sign, content) for content, sign in read)
    test = f"{before}pytest" if pytest else f"{before}python -m unittest"
    command, at = next(_evals(tree), ("", ""))
    return Commands(test=test, evaluate=command, evaluate_at=at)


def _evals(tree: Tree) -> Iterator[tuple[str, str]]:
    for name in _RECIPES:
        content = _bytes(tree, name)
        found = _EVAL_RECIPE.search(content) if content else None
        if content and found:
            line = content.count(b"\n", 0, found.start()) + 1
            tool = "just" if "just" in name.lower() else "make"
            yield f"{tool} {found[1].decode()}", f"{name}:{line}"
    package = _bytes(tree, "package.json")
    script = _EVAL_SCRIPT.search(package) if package else None
    if package and script:
        line = package.count(b"\n", 0, script.start()) + 1
        yield f"npm run {script[1].decode()}", f"package.json:{line}"
    for name in _PROMPTFOO:
        if _bytes(tree, name) is not None:
            yield f"npx promptfoo eval -c {name}", name


def _bytes(tree: Tree, path: str) -> bytes | None:
    source = tree.glance(path)
    return source.content if isinstance(source, SourceFile) else None
