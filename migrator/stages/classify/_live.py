"""Find evidence that a file runs as a part of the product, whatever its folder is called."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from migrator.domain.environment_files import configures_environment
from migrator.domain.expression import Call, Expression, Member, Name
from migrator.domain.facts import FileFacts, Scope, ScopeKind
from migrator.domain.ports import Tree
from migrator.domain.source import SourceFile

# What answers requests, messages or jobs of others.
SERVERS = frozenset(
    {"fastapi", "flask", "starlette", "django", "rest_framework", "aiohttp", "sanic", "quart"}
    | {"litestar", "tornado", "bottle", "falcon", "slack_bolt", "discord", "telegram", "telebot"}
    | {"aiogram", "celery", "chainlit", "chalice", "functions_framework", "azure"}
)
_RUNNERS = ("pyproject.toml", "setup.cfg", "package.json", "langgraph.json", "app.yaml", "app.yml")
_RUNS = re.compile(
    r"(?:^|/)(?:Dockerfile|Containerfile|Procfile|(?:docker-)?compose)[^/]*$"
    r"|(?:^|/)\.github/workflows/[^/]+$|\.service$"
)


def answering(facts: FileFacts) -> str:
    """Say which function of a file answers requests or messages; empty where none does."""
    served = {each.local for each in facts.imports if _server(each.module)}
    if not served:
        return ""
    apps = served | {
        binding.name
        for binding in facts.scopes[""].bindings
        if isinstance(binding.value, Call) and _root(binding.value.callee) in served
    }
    for scope in facts.scopes.values():
        if _answers(scope, apps):
            return scope.symbol
    return ""


def started_by(paths: Iterable[str], tree: Tree) -> Mapping[str, str]:
    """Map paths to the Dockerfile, workflow, Procfile or entry point that runs them."""
    wanted = {path: _spellings(path) for path in paths}
    found: dict[str, str] = {}
    if not wanted:
        return found
    for runner in filter(_runs_programs, tree.paths()):
        source = tree.read(runner)
        if not isinstance(source, SourceFile):
            continue
        text = "\n".join(_commands(source.content.decode("utf-8", "replace")))
        for path, spellings in wanted.items():
            if path not in found and any(each.search(text) for each in spellings):
                found[path] = runner
    return found


def spread(
    live: Mapping[str, str], candidates: Iterable[str], importers: Callable[[str], Iterable[str]]
) -> Mapping[str, str]:
    """Add the candidates that live files import, directly or through others."""
    found = dict(live)
    waiting = sorted(set(candidates) - found.keys())
    while True:
        new = {}
        for path in waiting:
            by = next((each for each in sorted(importers(path)) if each in found), None)
            if by is not None:
                new[path] = f"imported by {by}"
        if not new:
            return found
        found |= new
        waiting = [each for each in waiting if each not in new]


def _server(module: str) -> bool:
    return module.partition(".")[0] in SERVERS


def _answers(scope: Scope, apps: set[str]) -> bool:
    if scope.kind is ScopeKind.CLASS:
        return any(_root(each) in apps for each in scope.bases)
    decorated = any(
        isinstance(each, Call | Member) and _root(each) in apps for each in scope.decorators
    )
    viewed = bool(scope.parameters) and scope.parameters[0].name == "request"
    return scope.kind is ScopeKind.FUNCTION and (decorated or viewed)


def _root(expression: Expression) -> str:
    while isinstance(expression, Call | Member):
        expression = expression.callee if isinstance(expression, Call) else expression.base
    return expression.name if isinstance(expression, Name) else ""


def _runs_programs(path: str) -> bool:
    name = path.rpartition("/")[2]
    named = name in _RUNNERS or _RUNS.search(path) is not None
    return named and (configures_environment(path) or name.endswith(".service") or "." not in name)


def _commands(text: str) -> Iterator[str]:
    return (line for line in text.splitlines() if not line.lstrip().startswith(("#", "//")))


def _spellings(path: str) -> tuple[re.Pattern[str], ...]:
    """Give how a command names a file: by its path, or as a module with `:` or after `-m`."""
    module = re.escape(path.rpartition(".")[0].replace("/", "."))
    return (
        re.compile(rf"(?<![\w/-])(?:\./)?{re.escape(path)}(?![\w/])"),
        re.compile(rf"""(?<![\w.]){module}:\w|-m["',\s]+{module}(?![\w.])"""),
    )
