"""Load a project's configuration: the nearest `[tool.migrate]` or `migrate.toml`, and no other."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from migrator.adapters._config_keys import KEYS, Reader
from migrator.domain.answer import Answers
from migrator.domain.config import Config, PromptEdits
from migrator.domain.errors import ConfigError
from migrator.domain.serving import ServingKind

PYPROJECT, OWN = "pyproject.toml", "migrate.toml"


def load_config(start: Path, root: Path) -> Config:
    """Read the configuration that is nearest to `start`, upwards and not above `root`.

    `pyproject.toml` counts only with a `[tool.migrate]` table; `migrate.toml` has its keys at the
    top level. Without either, every wish has its default. Raises ConfigError naming file and key.
    """
    top = root.resolve()
    for folder in _upwards(start.resolve(), top):
        found = tuple(_tables(folder, top))
        if len(found) > 1:
            raise ConfigError(
                f"{found[0][0]}, {found[1][0]}: both {PYPROJECT} and {OWN} configure migrate",
                f"Keep one: move the keys into {OWN} or into [tool.migrate], and remove the other.",
            )
        for path, table in found:
            return _config(path, table)
    return _config("", {})


def _upwards(start: Path, root: Path) -> Iterator[Path]:
    folder = start if start.is_dir() else start.parent
    if not folder.is_relative_to(root):
        return
    yield folder
    while folder != root:
        folder = folder.parent
        yield folder


def _tables(folder: Path, root: Path) -> Iterator[tuple[str, Mapping[str, object]]]:
    project, own = folder / PYPROJECT, folder / OWN
    if project.is_file():
        name, content = _opened(project, root)
        # A pyproject.toml that is not about us is none of our business, even a broken one.
        tool = _parsed(name, content).get("tool", {}) if b"migrate" in content else {}
        table = tool.get("migrate") if isinstance(tool, dict) else None
        if table is not None and not isinstance(table, dict):
            raise ConfigError(f"{name}: tool.migrate: must be a table")
        if table is not None:
            yield name, table
    if own.is_file():
        name, content = _opened(own, root)
        table = _parsed(name, content)
        if "tool" in table:
            raise ConfigError(f"{name}: tool: in {OWN} the keys stand at the top level")
        yield name, table


def _opened(path: Path, root: Path) -> tuple[str, bytes]:
    name = path.relative_to(root).as_posix()
    try:
        return name, path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{name}: cannot be read: {error.strerror}") from error


def _parsed(name: str, content: bytes) -> dict[str, object]:
    try:
        return tomllib.loads(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{name}: not UTF-8 (at line {line})") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{name}: not valid TOML: {error}") from error


def _config(path: str, table: Mapping[str, object]) -> Config:
    reader = Reader(path)
    reader.refuse_unknown("", table, KEYS)
    return Config(
        path=path,
        target=reader.text("target", table.get("target", "gpt-5.5")),
        sources=reader.texts("from", table.get("from", [])),
        confirm=reader.asks("confirm", table.get("confirm", [])),
        include=reader.texts("include", table.get("include", [])),
        exclude=reader.texts("exclude", table.get("exclude", [])),
        roles=reader.roles("roles", table.get("roles", {})),
        prompts=reader.prompts("prompts", table.get("prompts", {})),
        prompt_edits=PromptEdits(
            reader.one_of("prompt-edits", table.get("prompt-edits", "edit"), tuple(PromptEdits))
        ),
        wrappers=reader.wrappers("wrappers", table.get("wrappers", {})),
        decisions=reader.decisions("decisions", table.get("decisions", {})),
        servings=(
            *reader.servings("deployments", table.get("deployments", {}), ServingKind.DEPLOYMENT),
            *reader.servings("aliases", table.get("aliases", {}), ServingKind.ALIAS),
        ),
        answers=Answers(
            given=reader.answers("answers", table.get("answers", {})),
            shutdowns=reader.shutdowns("shutdowns", table.get("shutdowns", {})),
        ),
        fail_on=reader.outcomes("fail-on", table.get("fail-on", [])),
        commit_per=reader.one_of("commit-per", table.get("commit-per", "group"), ("group", "all")),
        validate=reader.several("validate", table.get("validate", [])),
        setup=reader.several("setup", table.get("setup", [])),
        link=reader.several("link", table.get("link", [])),
        time_limit=reader.seconds("time-limit", table["time-limit"])
        if "time-limit" in table
        else None,
        digest=reader.digest(table),
    )
