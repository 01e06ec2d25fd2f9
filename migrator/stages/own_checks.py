"""Read from a repository how its own code is checked: tests, types, lint, builds."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator

from migrator.domain.ports import Tree
from migrator.domain.rewrite import OwnChecks
from migrator.domain.source import SourceFile

_MOST = 3
# What may stand in a prompt as a command: nothing that a quotation or a template could read.
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./_:=-]*")
_PYTHON = (("pytest", "pytest"), ("ruff", "ruff check"), ("mypy", "mypy"), ("pyright", "pyright"))
_SCRIPTS = ("test", "lint", "typecheck", "type-check", "check", "build")
_TARGET = re.compile(r"(?m)^(test|check|lint|typecheck|build):")


def own_checks(tree: Tree, folder: str = "") -> OwnChecks:
    """Give the checks that the files at the top of `folder` configure, at most three.

    Read are `pyproject.toml`, `tox.ini`, `package.json`, `Makefile` and `.pre-commit-config.yaml`;
    what is configured nowhere is not guessed.
    """
    found = list(_found(tree, f"{folder}/" if folder else ""))
    names = [name for name, _, _ in found if name]
    commands = [(command, path) for _, command, path in found if _PLAIN.fullmatch(command)]
    chosen = list(dict.fromkeys(commands))[:_MOST]
    return OwnChecks(
        name=names[0] if names else "",
        commands=tuple(command for command, _ in chosen),
        paths=tuple(sorted({path for _, _, path in found})),
    )


def _found(tree: Tree, at: str) -> Iterator[tuple[str, str, str]]:
    """Yield names and commands, each with the file that says so."""
    known = set(tree.paths())
    readers = {
        "pyproject.toml": _pyproject,
        "package.json": _package,
        "Makefile": _makefile,
    }
    for name, reader in readers.items():
        path = f"{at}{name}"
        source = tree.read(path) if path in known else None
        if isinstance(source, SourceFile):
            yield from ((*each, path) for each in reader(source.content))
    if f"{at}tox.ini" in known:
        yield "", "tox", f"{at}tox.ini"
    if f"{at}.pre-commit-config.yaml" in known:
        yield "", "pre-commit run --all-files", f"{at}.pre-commit-config.yaml"


def _pyproject(content: bytes) -> Iterator[tuple[str, str]]:
    try:
        table = tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return
    project = table.get("project", {})
    yield str(project.get("name", "")) if isinstance(project, dict) else "", ""
    tools = table.get("tool", {})
    for tool, command in _PYTHON:
        if isinstance(tools, dict) and tool in tools:
            yield "", command


def _package(content: bytes) -> Iterator[tuple[str, str]]:
    try:
        table = json.loads(content)
    except (ValueError, RecursionError):
        return
    if not isinstance(table, dict):
        return
    yield str(table.get("name", "")), ""
    scripts = table.get("scripts", {})
    for script in _SCRIPTS:
        if isinstance(scripts, dict) and script in scripts:
            yield "", "npm test" if script == "test" else f"npm run {script}"


def _makefile(content: bytes) -> Iterator[tuple[str, str]]:
    for target in dict.fromkeys(_TARGET.findall(content.decode("utf-8", "replace"))):
        yield "", f"make {target}"
